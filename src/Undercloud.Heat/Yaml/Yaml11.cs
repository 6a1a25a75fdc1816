using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>The meaning of a plain YAML 1.1 scalar; source: PyYAML 6, SafeLoader. Timestamps stay strings, as in Heat.</summary>
public static partial class Yaml11
{
    /// <summary>The value of a plain scalar, or null when its type allows no value (<c>=</c>, <c>&lt;&lt;</c>, <c>0x_</c>).</summary>
    public static Value? Resolve(string plain)
    {
        if (plain.Length == 0)
            return Value.Null;
        return plain[0] switch
        {
            'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' or '~' => Word(plain),
            '=' or '<' when plain is "=" or "<<" => null,
            (>= '0' and <= '9') or '-' or '+' or '.' => Number(plain),
            _ => plain,
        };
    }

    /// <summary>Whether a plain scalar with this text is read back as exactly this string.</summary>
    public static bool IsString(string plain) => Resolve(plain) is StringValue && !LooksLikeTimestamp(plain);

    /// <summary>The truth value of one of YAML 1.1's words, in any case, or null.</summary>
    internal static Value? Boolean(string word) => word.ToLowerInvariant() switch
    {
        "yes" or "true" or "on" => true,
        "no" or "false" or "off" => false,
        _ => null,
    };

    /// <summary>The integer that a text represents, or null when it represents none.</summary>
    internal static Value? Integer(string text)
    {
        var (negative, digits) = Sign(text.Replace("_", "", StringComparison.Ordinal));
        var number = digits switch
        {
            "" => null,
            "0" => BigInteger.Zero,
            _ when digits.StartsWith("0b", StringComparison.Ordinal) => InBase(digits.AsSpan(2), 2),
            _ when digits.StartsWith("0x", StringComparison.Ordinal) => InBase(digits.AsSpan(2), 16),
            // A leading zero means octal, so a file mode of 0755 is 493. Heat templates rely on it.
            ['0', ..] => InBase(digits, 8),
            _ when digits.Contains(':') => Sexagesimal(digits),
            _ => InBase(digits, 10),
        };
        return number is { } value ? new IntegerValue(negative ? -value : value) : null;
    }

    /// <summary>The floating point number that a text represents, or null when it represents none.</summary>
    internal static Value? Float(string text)
    {
        var (negative, digits) = Sign(text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());
        double number = 0;
        if (digits is ".inf" or ".nan")
        {
            number = digits == ".inf" ? double.PositiveInfinity : double.NaN;
        }
        else
        {
            foreach (var part in digits.Split(':'))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                    return null;
                number = (number * 60) + value;
            }
        }

        return new FloatValue(negative ? -number : number);
    }

    private static Value Word(string plain) => plain switch
    {
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        "~" or "null" or "Null" or "NULL" => Value.Null,
        _ => plain,
    };

    private static Value? Number(string plain) =>
        FloatPattern().IsMatch(plain) ? Float(plain)
        : IntegerPattern().IsMatch(plain) ? Integer(plain)
        : plain;

    private static bool LooksLikeTimestamp(string plain) => char.IsAsciiDigit(plain[0]) && TimestampPattern().IsMatch(plain);

    private static (bool Negative, string Digits) Sign(string text) =>
        text is ['-' or '+', ..] ? (text[0] == '-', text[1..]) : (false, text);

    private static BigInteger? Sexagesimal(string digits)
    {
        var number = BigInteger.Zero;
        foreach (var part in digits.Split(':'))
        {
            if (InBase(part, 10) is not { } value)
                return null;
            number = (number * 60) + value;
        }

        return number;
    }

    private static BigInteger? InBase(ReadOnlySpan<char> digits, int @base)
    {
        if (@base == 10)
            return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if (digits.IsEmpty)
            return null;
        var number = BigInteger.Zero;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || System.Convert.ToInt32(digit.ToString(), 16) is var value && value >= @base)
                return null;
            number = (number * @base) + System.Convert.ToInt32(digit.ToString(), 16);
        }

        return number;
    }

    [GeneratedRegex(
        @"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?" +
        @"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex FloatPattern();

    [GeneratedRegex(
        @"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        @"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?" +
        @"(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)\z")]
    private static partial Regex TimestampPattern();
}
