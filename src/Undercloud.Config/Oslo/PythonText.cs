using System.Globalization;
using System.Numerics;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Python's treatment of text where oslo.config relies on it: blanks, integers, and the text of a value.</summary>
internal static class PythonText
{
    // Python's limit against numbers that take too long to convert.
    private const int MostDigits = 4300;

    /// <summary>str.isspace for one character: .NET's blanks and the four ASCII separators.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>str.strip.</summary>
    public static string Strip(string text) => StripEnd(StripStart(text));

    /// <summary>str.lstrip.</summary>
    public static string StripStart(string text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
            start++;
        return text[start..];
    }

    /// <summary>str.rstrip.</summary>
    public static string StripEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
            end--;
        return text[..end];
    }

    /// <summary>int(text): blanks around, a sign, single underscores between digits of any script, leading zeros; 4300 digits at most.</summary>
    public static bool TryInteger(string text, out BigInteger number)
    {
        var digits = string.Concat(Strip(text).EnumerateRunes().Select(AsAscii));
        var unsigned = digits.StartsWith('+') || digits.StartsWith('-') ? digits[1..] : digits;
        var wellFormed = unsigned.Length > 0
            && unsigned.Count(char.IsAsciiDigit) <= MostDigits
            && unsigned.All(c => char.IsAsciiDigit(c) || c == '_')
            && !unsigned.StartsWith('_') && !unsigned.EndsWith('_')
            && !unsigned.Contains("__", StringComparison.Ordinal);
        number = wellFormed ? BigInteger.Parse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign) : 0;
        return wellFormed;
    }

    private static string AsAscii(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber ? $"{(int)Rune.GetNumericValue(rune)}" : rune.ToString();

    /// <summary>str(value), the text that replaces a reference to another option.</summary>
    public static string Of(Value value) => value switch
    {
        StringValue text => text.Text,
        BooleanValue boolean => boolean.Flag ? "True" : "False",
        ListValue list => $"[{string.Join(", ", list.Items.Select(Representation))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Quoted(entry.Key)}: {Representation(entry.Value)}"))}}}",
        NullValue => "",
        _ => value.ToString(),
    };

    private static string Representation(Value item) => item is StringValue text ? Quoted(text.Text) : Of(item);

    // repr of a str: single quotes unless only they occur in it.
    private static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        return quote + string.Concat(text.EnumerateRunes().Select(rune => Escaped(rune.ToString(), quote))) + quote;
    }

    private static string Escaped(string rune, char quote) => rune switch
    {
        "\\" => "\\\\",
        "\n" => "\\n",
        "\t" => "\\t",
        "\r" => "\\r",
        [var c] when c == quote => $"\\{c}",
        [var c] when c < ' ' || c is >= '\x7f' and <= '\xa0' or '\xad' => $"\\x{(int)c:x2}",
        _ => rune,
    };
}
