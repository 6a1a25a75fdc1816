namespace Undercloud.Config;

/// <summary>The stable codes of the findings about hieradata.</summary>
public static class HieradataCodes
{
    /// <summary>The file is empty or holds no map.</summary>
    public const string Unusable = "HIERA001";

    /// <summary>Keys are not known, or have a value that cannot be translated.</summary>
    public const string Unknown = "HIERA002";

    /// <summary>Keys are known, and the undercloud has no service that they concern.</summary>
    public const string NoService = "HIERA003";

    /// <summary>A parameter of hieradata holds something else than a map.</summary>
    public const string NoMap = "HIERA004";
}
