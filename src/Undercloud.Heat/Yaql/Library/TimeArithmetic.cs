using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/date_time.py: the operators.</summary>
internal static class TimeArithmetic
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F #operator_+(dt:datetime, ts:timespan)", call => Move(call[0], Span(call[1]))),
        FunctionSpec.Of("F #operator_+(ts:timespan, dt:datetime)", call => Move(call[1], Span(call[0]))),
        FunctionSpec.Of("F #operator_-(dt:datetime, ts:timespan)", call => Move(call[0], -Span(call[1]))),
        FunctionSpec.Of("F #operator_-(dt1:datetime, dt2:datetime)", call => new TimeSpanValue((((DateTimeValue)call[0]).UtcTicks - ((DateTimeValue)call[1]).UtcTicks) / 10)),
        FunctionSpec.Of("F #operator_+(ts1:timespan, ts2:timespan)", call => Whole((Int128)Span(call[0]) + Span(call[1]))),
        FunctionSpec.Of("F #operator_-(ts1:timespan, ts2:timespan)", call => Whole((Int128)Span(call[0]) - Span(call[1]))),
        FunctionSpec.Of("F #operator_*(ts:timespan, n:number)", call => Times(call[0], call[1])),
        FunctionSpec.Of("F #operator_*(n:number, ts:timespan)", call => Times(call[1], call[0])),
        FunctionSpec.Of("F #operator_/(ts1:timespan, ts2:timespan)", call => Span(call[1]) == 0 ? throw Numbers.ZeroDivision() : Numbers.Of((double)Span(call[0]) / Span(call[1]))),
        FunctionSpec.Of("F #operator_/(ts:timespan, n:number)", call => Numbers.Double(call[1]) == 0 ? throw Numbers.ZeroDivision() : TimeText.SpanOf(Span(call[0]) / Numbers.Double(call[1]))),
        FunctionSpec.Of("F #unary_operator_-(ts:timespan)", call => new TimeSpanValue(-Span(call[0]))),
        FunctionSpec.Of("F #unary_operator_+(ts:timespan)", call => call[0]),
    ];

    private static long Span(Value value) => ((TimeSpanValue)value).Microseconds;

    private static TimeSpanValue Whole(Int128 microseconds) => TimeText.SpanOf((double)microseconds, (System.Numerics.BigInteger)microseconds);

    private static DateTimeValue Move(Value time, long microseconds)
    {
        var moved = (DateTimeValue)time;
        return moved with { Local = TimeText.Moment((Int128)moved.Local.Ticks + ((Int128)microseconds * 10)) };
    }

    private static TimeSpanValue Times(Value span, Value number) => number is IntegerValue whole
        ? TimeText.SpanOf(Span(span) * (double)whole.Number, Span(span) * whole.Number)
        : TimeText.SpanOf(Span(span) * Numbers.Double(number));
}
