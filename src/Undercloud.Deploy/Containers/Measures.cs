using System.Globalization;
using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Containers;

/// <summary>Sizes and durations as container configurations write them.</summary>
public static partial class Measures
{
    /// <summary>Bytes of <c>1073741824</c>, <c>1g</c>, <c>512MiB</c> …; units are powers of 1024 as in podman; null for no size.</summary>
    public static long? Bytes(string text)
    {
        var match = SizePattern().Match(text.Trim());
        if (!match.Success)
            return null;
        var shift = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "k" => 10,
            "m" => 20,
            "g" => 30,
            "t" => 40,
            _ => 0,
        };
        return long.TryParse(match.Groups["number"].Value, out var number) && number <= long.MaxValue >> shift ? number << shift : null;
    }

    /// <summary>Whole seconds, rounded up, of <c>30</c>, <c>1.5</c>, <c>1m30s</c>, <c>500ms</c> (source: paunch's durations); null for none.</summary>
    public static int? Seconds(string text)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain))
            return plain <= int.MaxValue ? (int)Math.Ceiling(plain) : null;
        var match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
            return null;
        var sum = (3600 * Part(match, "h")) + (60 * Part(match, "m")) + Part(match, "s") + (Part(match, "ms") / 1e3) + (Part(match, "us") / 1e6);
        return sum <= int.MaxValue ? (int)Math.Ceiling(sum) : null;
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<number>[0-9]+)((?<unit>[kmgt])(i?b)?|b)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^((?<h>[0-9.]+)h)?((?<m>[0-9.]+)m(?!s))?((?<s>[0-9.]+)s)?((?<ms>[0-9.]+)ms)?((?<us>[0-9.]+)us)?$")]
    private static partial Regex DurationPattern();
}
