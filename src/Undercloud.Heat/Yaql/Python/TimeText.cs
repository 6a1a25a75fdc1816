using System.Numerics;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's datetime and timedelta: their ranges and texts.</summary>
internal static class TimeText
{
    private const long Day = 86400000000;

    public static DateTime Build(int year, int month, int day, int hour, int minute, int second, int microsecond)
    {
        if (year is < 1 or > 9999)
            throw YaqlException.Value($"year {year} is out of range");
        if (month is < 1 or > 12)
            throw YaqlException.Value("month must be in 1..12");
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            throw YaqlException.Value("day is out of range for month");
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || microsecond is < 0 or > 999999)
            throw YaqlException.Value("hour must be in 0..23, minute and second in 0..59, microsecond in 0..999999");
        return new DateTime(year, month, day, hour, minute, second).AddTicks(microsecond * 10L);
    }

    public static DateTime Moment(Int128 ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? new DateTime((long)ticks)
        : throw new YaqlException("OverflowError: date value out of range");

    /// <summary>A span of microseconds, rounded half to even.</summary>
    public static TimeSpanValue SpanOf(double microseconds, BigInteger? exact = null)
    {
        if (!double.IsFinite(microseconds) || Math.Abs(microseconds) >= long.MaxValue)
            throw new YaqlException("OverflowError: timespan out of range");
        return new(exact is { } whole ? (long)whole : (long)Math.Round(microseconds, MidpointRounding.ToEven));
    }

    /// <summary>datetime.isoformat() with a separator.</summary>
    public static string Iso(DateTimeValue time, char separator)
    {
        var fraction = time.Local.Ticks % TimeSpan.TicksPerSecond / 10;
        return $"{time.Local:yyyy-MM-dd}{separator}{time.Local:HH:mm:ss}{(fraction == 0 ? "" : $".{fraction:000000}")}{OffsetText(time.Offset, ":")}";
    }

    /// <summary><c>+02:00</c>, with seconds unless they are zero.</summary>
    public static string OffsetText(TimeSpan? offset, string between)
    {
        if (offset is not { } span)
            return "";
        var size = span.Duration();
        var seconds = size.Ticks % TimeSpan.TicksPerMinute == 0 ? "" : $"{between}{size.Seconds:00}";
        var fraction = size.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : $".{size.Ticks % TimeSpan.TicksPerSecond / 10:000000}";
        return $"{(span < TimeSpan.Zero ? '-' : '+')}{size.Hours:00}{between}{size.Minutes:00}{seconds}{fraction}";
    }

    /// <summary>str(timedelta): <c>-1 day, 23:00:00</c>.</summary>
    public static string Span(TimeSpanValue span)
    {
        var (days, rest) = Parts(span);
        var seconds = rest / 1000000;
        var fraction = rest % 1000000;
        var prefix = days == 0 ? "" : $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, ";
        return $"{prefix}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}{(fraction == 0 ? "" : $".{fraction:000000}")}";
    }

    public static string SpanRepr(TimeSpanValue span)
    {
        var (days, rest) = Parts(span);
        (string Name, long Number)[] parts = [("days", days), ("seconds", rest / 1000000), ("microseconds", rest % 1000000)];
        var shown = string.Join(", ", parts.Where(part => part.Number != 0).Select(part => $"{part.Name}={part.Number}"));
        return $"datetime.timedelta({(shown.Length == 0 ? "0" : shown)})";
    }

    public static string Repr(DateTimeValue time)
    {
        var fraction = time.Local.Ticks % TimeSpan.TicksPerSecond / 10;
        var seconds = time.Local.Second == 0 && fraction == 0 ? "" : $", {time.Local.Second}{(fraction == 0 ? "" : $", {fraction}")}";
        var zone = time.Offset is not { } offset ? "" : offset == TimeSpan.Zero ? ", tzinfo=tzutc()" : $", tzinfo=tzoffset(None, {(long)offset.TotalSeconds})";
        return $"datetime.datetime({time.Local.Year}, {time.Local.Month}, {time.Local.Day}, {time.Local.Hour}, {time.Local.Minute}{seconds}{zone})";
    }

    private static (long Days, long Microseconds) Parts(TimeSpanValue span)
    {
        var days = (long)Math.Floor((decimal)span.Microseconds / Day);
        return (days, span.Microseconds - (days * Day));
    }
}
