using System.Globalization;
using System.Numerics;
using System.Text;

namespace Undercloud.Heat.Values;

/// <summary>Numbers as Python's <c>int()</c> and <c>float()</c> read them from texts.</summary>
internal static class PythonNumber
{
    /// <summary>The maximum length of a text that Python converts to an integer.</summary>
    public const int DigitLimit = 4300;

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

    /// <summary><c>float(text)</c>; null where Python raises an error.</summary>
    public static double? Float(string text)
    {
        // float => [ sign ] ( "inf" | "infinity" | "nan" | digits [ "." [ digits ] ] [ exponent ] | "." digits [ exponent ] )
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

    // Removes the underscores; false when one is not between two digits.
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

    // Python accepts the digits of every script.
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
}
