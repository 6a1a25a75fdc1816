using System.Globalization;
using System.Numerics;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>Numbers as Python's <c>int()</c> and <c>float()</c> read them and as its operators compare them.</summary>
internal static class Numbers
{
    // Python refuses to convert longer texts to integers.
    private const int DigitLimit = 4300;

    /// <summary>The number a value is or a text stands for, an integer where possible; null when it is none.</summary>
    public static Value? Parse(Value value) => value switch
    {
        IntegerValue or FloatValue or BooleanValue => value,
        StringValue { Text: var text } => Integer(text) is { } integer ? new IntegerValue(integer)
            : Float(text) is { } number ? new FloatValue(number)
            : null,
        _ => null,
    };

    /// <summary><c>int(value)</c>; null where Python raises an error.</summary>
    public static BigInteger? Integer(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        FloatValue { Number: var number } when double.IsFinite(number) => new BigInteger(Math.Truncate(number)),
        StringValue text => Integer(text.Text),
        _ => null,
    };

    /// <summary><c>int(text)</c>; null where Python raises an error.</summary>
    public static BigInteger? Integer(string text)
    {
        // integer => [ sign ] digit { [ "_" ] digit }
        var plain = Plain(text);
        var digits = plain.TrimSign();
        return digits.Length is > 0 and <= DigitLimit + (DigitLimit - 1) && Grouped(ref digits) && digits.Length <= DigitLimit
            && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            ? BigInteger.Parse((plain[0] == '-' ? "-" : "") + digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

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

    // float => [ sign ] ( "inf" | "infinity" | "nan" | digits [ "." [ digits ] ] [ exponent ] | "." digits [ exponent ] )
    private static double? Float(string text)
    {
        var plain = Plain(text).ToLowerInvariant();
        var negative = plain.StartsWith('-');
        var number = plain.TrimSign();
        if (number is "inf" or "infinity")
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        if (number == "nan")
            return double.NaN;
        return number.Length > 0 && number[0] is '.' or (>= '0' and <= '9') && Grouped(ref number)
            && double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? negative ? -value : value
            : null;
    }

    private static string TrimSign(this string text) => text is ['-' or '+', ..] ? text[1..] : text;

    // Takes away the underscores; false when one does not stand between two digits.
    private static bool Grouped(ref string number)
    {
        for (var i = 0; i < number.Length; i++)
        {
            if (number[i] == '_' && (i == 0 || i == number.Length - 1 || !char.IsAsciiDigit(number[i - 1]) || !char.IsAsciiDigit(number[i + 1])))
                return false;
        }

        number = number.Replace("_", "", StringComparison.Ordinal);
        return true;
    }

    // Python takes the digits of every script.
    private static string Plain(string text)
    {
        var stripped = PythonString.Strip(text);
        if (Ascii.IsValid(stripped))
            return stripped;
        var plain = new StringBuilder();
        foreach (var rune in stripped.EnumerateRunes())
        {
            if (!rune.IsAscii && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                plain.Append((int)Rune.GetNumericValue(rune));
            else
                plain.Append(rune);
        }

        return plain.ToString();
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
