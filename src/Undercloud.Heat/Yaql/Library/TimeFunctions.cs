using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/date_time.py: creating times, their properties and texts.</summary>
internal static class TimeFunctions
{
    private static readonly FunctionSpec[] s_properties =
    [
        Span("microseconds", span => Numbers.Of(new System.Numerics.BigInteger(span))),
        Span("milliseconds", span => Numbers.Of(span / 1000.0)),
        Span("seconds", span => Numbers.Of(span / 1000000.0)),
        Span("minutes", span => Numbers.Of(span / 60000000.0)),
        Span("hours", span => Numbers.Of(span / 3600000000.0)),
        Span("days", span => Numbers.Of(span / 86400000000.0)),
        Time("year", time => time.Local.Year),
        Time("month", time => time.Local.Month),
        Time("day", time => time.Local.Day),
        Time("hour", time => time.Local.Hour),
        Time("minute", time => time.Local.Minute),
        Time("second", time => time.Local.Second),
        Time("microsecond", time => (int)(time.Local.Ticks % TimeSpan.TicksPerSecond / 10)),
        Time("weekday", time => ((int)time.Local.DayOfWeek + 6) % 7),
        Time("date", time => time with { Local = time.Local.Date }),
        Time("time", time => new TimeSpanValue(time.Local.TimeOfDay.Ticks / 10)),
        Time("utc", time => time with { Local = TimeText.Moment(time.UtcTicks) }),
        Time("offset", time => new TimeSpanValue((time.Offset ?? TimeSpan.Zero).Ticks / 10)),
        // Python treats the moment "utc", which keeps the zone, as a time in that zone: the offset is subtracted twice.
        Time("timestamp", time => Numbers.Of((time.UtcTicks - (time.Offset ?? TimeSpan.Zero).Ticks - DateTime.UnixEpoch.Ticks) / 10 / 1000000.0)),
    ];

    public static FunctionSpec[] All { get; } =
    [
        .. s_properties,
        FunctionSpec.Of("F datetime(year:int, month:int, day:int, hour:int=0, minute:int=0, second:int=0, microsecond:int=0, offset:timespan=0s)", Build),
        FunctionSpec.Of("F datetime(timestamp:number, offset:timespan=0s)", FromTimestamp),
        FunctionSpec.Of("F datetime(string:str, format:str?=null)", FromText),
        FunctionSpec.Of("F timespan(days:int=0, hours:int=0, minutes:int=0, seconds:integer=0, milliseconds:integer=0, microseconds:integer=0)", BuildSpan),
        FunctionSpec.Of("F now(offset:timespan?=0s)", Now),
        FunctionSpec.Of("F localtz()", call => new TimeSpanValue(call.Evaluator.Limits.Clock.LocalTimeZone.BaseUtcOffset.Ticks / 10)),
        FunctionSpec.Of("F utctz()", _ => new TimeSpanValue(0)),
        FunctionSpec.Of("M replace(dt:datetime, year:int?=null, month:int?=null, day:int?=null, hour:int?=null, minute:int?=null, second:int?=null, microsecond:int?=null, offset:timespan?=null)", Replace),
        FunctionSpec.Of("M format(dt:datetime, format:str)", call => call.Produce(TimeFormat.Write((DateTimeValue)call[0], call.Text(1)))),
        FunctionSpec.Of("F isDatetime(value:any?)", call => call[0] is DateTimeValue),
        FunctionSpec.Of("F isTimespan(value:any?)", call => call[0] is TimeSpanValue),
    ];

    private static FunctionSpec Span(string name, Func<long, Value> property) =>
        FunctionSpec.Of($"F #property#{name}(obj:timespan)", call => property(((TimeSpanValue)call[0]).Microseconds));

    private static FunctionSpec Time(string name, Func<DateTimeValue, Value> property) =>
        FunctionSpec.Of($"F #property#{name}(obj:datetime)", call => property((DateTimeValue)call[0]));

    private static TimeSpan Offset(Value value)
    {
        var offset = new TimeSpan(checked(((TimeSpanValue)value).Microseconds * 10));
        return offset.Duration() < TimeSpan.FromDays(1) ? offset
            : throw YaqlException.Value("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
    }

    private static DateTimeValue Build(Call call) => new(
        TimeText.Build(call.Index(0), call.Index(1), call.Index(2), call.Index(3), call.Index(4), call.Index(5), call.Index(6)), Offset(call[7]));

    private static DateTimeValue FromTimestamp(Call call)
    {
        var seconds = Numbers.Double(call[0]);
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 1e12)
            throw YaqlException.Value("year is out of range");
        // Python rounds to microseconds, half to even.
        var microseconds = call[0] is FloatValue ? (long)NumberConversions.RoundedDigits(seconds, 6) : (long)call.Integer(0) * 1000000;
        return new(TimeText.Moment(DateTime.UnixEpoch.Ticks + (microseconds * 10) + Offset(call[1]).Ticks), Offset(call[1]));
    }

    private static DateTimeValue FromText(Call call)
    {
        var time = call.TextOrNull(1) is { Length: > 0 } format
            ? TimeParser.Parse(call.Text(0), format)
            : DateReader.Read(call.Text(0), call.Evaluator.Limits.Clock.GetLocalNow().DateTime.Date);
        return time.Offset is null ? time with { Offset = TimeSpan.Zero } : time;
    }

    private static TimeSpanValue BuildSpan(Call call)
    {
        long[] units = [86400000000, 3600000000, 60000000, 1000000, 1000, 1];
        var sum = units.Select((unit, i) => unit * call.Integer(i)).Aggregate((total, part) => total + part);
        return TimeText.SpanOf((double)sum, sum);
    }

    private static DateTimeValue Now(Call call)
    {
        var now = call.Evaluator.Limits.Clock.GetUtcNow();
        var offset = call.IsNull(0) ? TimeSpan.Zero : Offset(call[0]);
        return new(new DateTime(now.UtcTicks / 10 * 10, DateTimeKind.Unspecified) + offset, offset);
    }

    private static DateTimeValue Replace(Call call)
    {
        var time = (DateTimeValue)call[0];
        var local = time.Local;
        int Part(int index, int kept) => call.IsNull(index) ? kept : call.Index(index);
        return new(
            TimeText.Build(
                Part(1, local.Year), Part(2, local.Month), Part(3, local.Day), Part(4, local.Hour), Part(5, local.Minute), Part(6, local.Second),
                Part(7, (int)(local.Ticks % TimeSpan.TicksPerSecond / 10))),
            call.IsNull(8) ? time.Offset : Offset(call[8]));
    }
}
