namespace Undercloud.Config;

/// <summary>The stable codes of the findings about net_config_override's file.</summary>
public static class NetConfigCodes
{
    /// <summary>A tag is not known, or is no tag.</summary>
    public const string Tag = "NCO001";

    /// <summary>With its tags filled in the file is not JSON.</summary>
    public const string NotJson = "NCO002";

    /// <summary>There is no list of objects network_config.</summary>
    public const string NoNetworkConfig = "NCO003";
}
