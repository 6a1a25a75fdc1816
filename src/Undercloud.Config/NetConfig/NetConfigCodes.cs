namespace Undercloud.Config;

/// <summary>The stable codes of the findings about net_config_override's file.</summary>
public static class NetConfigCodes
{
    /// <summary>A tag is unknown, or malformed.</summary>
    public const string Tag = "NCO001";

    /// <summary>Once its tags are replaced, the file is neither JSON nor YAML.</summary>
    public const string NotJson = "NCO002";

    /// <summary>There is no list of objects network_config.</summary>
    public const string NoNetworkConfig = "NCO003";

    /// <summary>The file cannot be applied to the host: a type, a key or a value is wrong, or is not supported here.</summary>
    public const string NotSupported = "NCO004";

    /// <summary>A key of the file has no effect here.</summary>
    public const string NoEffect = "NCO005";

    /// <summary>OS::TripleO::Undercloud::Net::SoftwareConfig is mapped to a template without a meaning here.</summary>
    public const string OtherTemplate = "NCO006";
}
