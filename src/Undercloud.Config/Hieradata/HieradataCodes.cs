namespace Undercloud.Config;

/// <summary>The stable codes of the findings about hieradata.</summary>
public static class HieradataCodes
{
    /// <summary>The file is empty or contains no map.</summary>
    public const string Unusable = "HIERA001";

    /// <summary>Keys are unknown, or have a value that cannot be translated.</summary>
    public const string Unknown = "HIERA002";

    /// <summary>Keys are known, but the undercloud does not have their service.</summary>
    public const string NoService = "HIERA003";

    /// <summary>A parameter of hieradata is no map.</summary>
    public const string NoMap = "HIERA004";
}
