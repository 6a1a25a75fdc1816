using System.Numerics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>Numbers as Python's <c>int()</c> and <c>float()</c> read them and as its operators compare them.</summary>
internal static class Numbers
{
    /// <summary>The number that a value is or a text represents, an integer where possible; null when there is none.</summary>
    public static Value? Parse(Value value) => value switch
    {
        IntegerValue or FloatValue or BooleanValue => value,
        StringValue { Text: var text } => PythonNumber.Integer(text) is { } integer ? new IntegerValue(integer)
            : PythonNumber.Float(text) is { } number ? new FloatValue(number)
            : null,
        _ => null,
    };

    /// <summary><c>int(value)</c>; null where Python raises an error.</summary>
    public static BigInteger? Integer(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        FloatValue { Number: var number } when double.IsFinite(number) => new BigInteger(Math.Truncate(number)),
        StringValue text => PythonNumber.Integer(text.Text),
        _ => null,
    };

    /// <summary>Whether the number is less than the bound; not-a-number is not.</summary>
    public static bool Less(Value number, Value bound) =>
        Whole(number) is { } left && Whole(bound) is { } right ? left < right : Double(number) < Double(bound);

    /// <summary>Whether <c>number % step == offset</c>; the result of Python's modulo has the divisor's sign.</summary>
    public static bool IsModulo(Value number, Value step, Value offset)
    {
        if (number is not FloatValue && step is not FloatValue && Whole(number) is { } dividend && Whole(step) is { } divisor)
        {
            var rest = BigInteger.Remainder(dividend, divisor);
            rest += rest.IsZero || rest.Sign == divisor.Sign ? 0 : divisor;
            return PythonEquality.Comparer.Equals(new IntegerValue(rest), offset);
        }

        var by = Double(step);
        var remainder = Double(number) % by;
        if (remainder != 0 && (remainder < 0) != (by < 0))
            remainder += by;
        return PythonEquality.Comparer.Equals(new FloatValue(remainder), offset);
    }

    public static string Bounds(Value? min, Value? max) =>
        string.Join(", ", new[] { min is null ? null : $"min: {min}", max is null ? null : $"max: {max}" }.Where(bound => bound is not null));

    private static BigInteger? Whole(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        FloatValue { Number: var number } when double.IsFinite(number) && number == Math.Floor(number) => new BigInteger(number),
        _ => null,
    };

    private static double Double(Value value) => value is FloatValue number ? number.Number : (double)(Whole(value) ?? 0);
}
