using System.Globalization;
using System.Text;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>datetime.strftime() as glibc does it in the C locale.</summary>
internal static class TimeFormat
{
    public static string Write(DateTimeValue time, string format)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                builder.Append(format[i]);
                continue;
            }

            var directive = format[++i];
            var flag = '\0';
            if (directive is '-' or '_' or '0' or '^' && i + 1 < format.Length)
                (flag, directive) = (directive, format[++i]);
            var text = Directive(time, directive);
            builder.Append(text is null ? "%" + (flag == '\0' ? "" : flag.ToString()) + directive : Flagged(text, flag));
        }

        return builder.ToString();
    }

    private static string Flagged(string text, char flag) => flag switch
    {
        '-' when text.Length > 1 && text.All(char.IsAsciiDigit) => text.TrimStart('0') is { Length: > 0 } digits ? digits : "0",
        '-' => text.TrimStart(' '),
        '_' when text.Length > 1 && text.All(char.IsAsciiDigit) => (text.TrimStart('0') is { Length: > 0 } digits ? digits : "0").PadLeft(text.Length),
        '0' => text.Replace(' ', '0'),
        '^' => text.ToUpperInvariant(),
        _ => text,
    };

    private static string? Directive(DateTimeValue time, char directive)
    {
        var local = time.Local;
        var monday = ((int)local.DayOfWeek + 6) % 7;
        return directive switch
        {
            'a' => Invariant(local, "ddd"),
            'A' => Invariant(local, "dddd"),
            'b' or 'h' => Invariant(local, "MMM"),
            'B' => Invariant(local, "MMMM"),
            'c' => $"{Invariant(local, "ddd MMM")} {local.Day,2} {Invariant(local, "HH:mm:ss")} {local.Year}",
            'C' => $"{local.Year / 100:00}",
            'd' => $"{local.Day:00}",
            'D' or 'x' => Invariant(local, "MM'/'dd'/'yy"),
            'e' => $"{local.Day,2}",
            'f' => $"{local.Ticks % TimeSpan.TicksPerSecond / 10:000000}",
            'F' => $"{local.Year}-{local.Month:00}-{local.Day:00}",
            'g' => $"{ISOWeek.GetYear(local) % 100:00}",
            'G' => $"{ISOWeek.GetYear(local)}",
            'H' => $"{local.Hour:00}",
            'I' => $"{(local.Hour + 11) % 12 + 1:00}",
            'j' => $"{local.DayOfYear:000}",
            'k' => $"{local.Hour,2}",
            'l' => $"{(local.Hour + 11) % 12 + 1,2}",
            'm' => $"{local.Month:00}",
            'M' => $"{local.Minute:00}",
            'n' => "\n",
            'p' => local.Hour < 12 ? "AM" : "PM",
            'P' => local.Hour < 12 ? "am" : "pm",
            'r' => $"{(local.Hour + 11) % 12 + 1:00}:{local.Minute:00}:{local.Second:00} {(local.Hour < 12 ? "AM" : "PM")}",
            'R' => Invariant(local, "HH:mm"),
            'S' => $"{local.Second:00}",
            't' => "\t",
            'T' or 'X' => Invariant(local, "HH:mm:ss"),
            'u' => $"{monday + 1}",
            'U' => $"{(local.DayOfYear + 6 - (int)local.DayOfWeek) / 7:00}",
            'V' => $"{ISOWeek.GetWeekOfYear(local):00}",
            'w' => $"{(int)local.DayOfWeek}",
            'W' => $"{(local.DayOfYear + 6 - monday) / 7:00}",
            'y' => $"{local.Year % 100:00}",
            'Y' => $"{local.Year}",
            'z' => TimeText.OffsetText(time.Offset, ""),
            'Z' => time.ZoneName ?? (time.Offset == TimeSpan.Zero ? "UTC" : ""),
            '%' => "%",
            _ => null,
        };
    }

    private static string Invariant(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
