namespace Undercloud.Tests.Config;

/// <summary>The lines of the sample file that are options, commented out.</summary>
internal static class SampleLines
{
    /// <summary>The name of the option, or null for any other line.</summary>
    public static string? NameIn(string line) =>
        line.StartsWith('#') && line.Split(" =")[0][1..] is { Length: > 0 } name && line.Contains(" =", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : null;
}
