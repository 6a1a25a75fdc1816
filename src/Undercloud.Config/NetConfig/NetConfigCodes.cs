namespace Undercloud.Config;

/// <summary>The stable codes of the findings about net_config_override's file.</summary>
public static class NetConfigCodes
{
    /// <summary>A tag is not known, or is no tag.</summary>
    public const string Tag = "NCO001";

    /// <summary>With its tags filled in the file is neither JSON nor YAML.</summary>
    public const string NotJson = "NCO002";

    /// <summary>There is no list of objects network_config.</summary>
    public const string NoNetworkConfig = "NCO003";

    /// <summary>The host cannot be given what the file says: a type, a key or a value that is wrong, or that is not supported here.</summary>
    public const string NotSupported = "NCO004";

    /// <summary>A key of the file has no effect here.</summary>
    public const string NoEffect = "NCO005";

    /// <summary>OS::TripleO::Undercloud::Net::SoftwareConfig is mapped to a template that says nothing here.</summary>
    public const string OtherTemplate = "NCO006";
}
