using System.Globalization;

namespace Undercloud.Host.Backups;

/// <summary>Sizes as people read them.</summary>
public static class ByteSize
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>The size with three digits, e.g. 1.25 GB.</summary>
    public static string Text(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 999.5 && unit < s_units.Length - 1; unit++)
            size /= 1000;
        var digits = unit == 0 || size >= 99.95 ? "F0" : size >= 9.995 ? "F1" : "F2";
        return $"{size.ToString(digits, CultureInfo.InvariantCulture)} {s_units[unit]}";
    }
}
