using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>Numbers as Python's <c>int()</c> and <c>float()</c> read them.</summary>
internal static class Numbers
{
    /// <summary>The number a value is or a text stands for, an integer where possible; null when it is none.</summary>
    public static Value? Parse(Value value) => value switch
    {
        IntegerValue or FloatValue or BooleanValue => value,
        StringValue text => Parse(text.Text.Trim()),
        _ => null,
    };

    /// <summary>Compares two numbers; 0 when there is no bound.</summary>
    public static int Compare(Value value, Value? bound)
    {
        if (bound is null)
            return 0;
        return Whole(value) is { } left && Whole(bound) is { } right ? left.CompareTo(right) : Double(value).CompareTo(Double(bound));
    }

    /// <summary>Python's modulo, whose result has the divisor's sign; null for a number with a fraction.</summary>
    public static BigInteger? Modulo(Value value, long step)
    {
        if (Whole(value) is not { } number)
            return null;
        var rest = number % step;
        return rest != 0 && (rest < 0) != (step < 0) ? rest + step : rest;
    }

    public static string Bounds(Value? min, Value? max) =>
        string.Join(", ", new[] { min is null ? null : $"min: {min}", max is null ? null : $"max: {max}" }.Where(bound => bound is not null));

    private static Value? Parse(string text)
    {
        // Python allows single underscores between digits.
        var digits = text.Contains('_') && !text.Contains("__", StringComparison.Ordinal) && text is not (['_', ..] or [.., '_']) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        if (BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return new IntegerValue(integer);
        return text.ToLowerInvariant().TrimStart('+') switch
        {
            "inf" or "infinity" => new FloatValue(double.PositiveInfinity),
            "-inf" or "-infinity" => new FloatValue(double.NegativeInfinity),
            "nan" or "-nan" => new FloatValue(double.NaN),
            _ => double.TryParse(
                digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? new FloatValue(number)
                : null,
        };
    }

    private static BigInteger? Whole(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        FloatValue { Number: var number } when double.IsFinite(number) && number == Math.Floor(number) => new BigInteger(number),
        _ => null,
    };

    private static double Double(Value value) => value is FloatValue number ? number.Number : (double)(Whole(value) ?? 0);
}
