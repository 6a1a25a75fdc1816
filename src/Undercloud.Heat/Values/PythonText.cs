using System.Globalization;
using System.Text;

namespace Undercloud.Heat.Values;

/// <summary>Values as Python 3 writes them: <c>str()</c>, <c>repr()</c> and <c>json.dumps()</c>. Heat's results contain all three.</summary>
public static class PythonText
{
    /// <summary><c>str(value)</c>: <c>True</c>, <c>None</c>, <c>1e+16</c>, <c>{'a': 1}</c>.</summary>
    public static string Str(Value value) => value is StringValue text ? text.Text : Repr(value);

    /// <summary><c>repr(value)</c>.</summary>
    public static string Repr(Value value)
    {
        var builder = new StringBuilder();
        Repr(builder, value);
        return builder.ToString();
    }

    /// <summary><c>json.dumps(value, sort_keys=True)</c>: <c>{"a": [1, 2.0]}</c>, everything beyond ASCII escaped.</summary>
    public static string Json(Value value) => PythonJson.Write(value, sorted: true);

    /// <summary><c>repr(number)</c>: the shortest text that reads back the same, with Python's choice of exponents.</summary>
    public static string Float(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var (digits, point) = Decimal(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        var sign = double.IsNegative(number) ? "-" : "";
        if (point is > -4 and <= 16)
        {
            return point <= 0 ? $"{sign}0.{new string('0', -point)}{digits}"
                : point >= digits.Length ? $"{sign}{digits.PadRight(point, '0')}.0"
                : $"{sign}{digits[..point]}.{digits[point..]}";
        }

        var exponent = point - 1;
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    // The digits of a number without leading and trailing zeros, and the position of its point: 0.00123 is ("123", -2).
    private static (string Digits, int Point) Decimal(string shortest)
    {
        var e = shortest.IndexOf('E');
        var mantissa = e < 0 ? shortest : shortest[..e];
        var whole = mantissa.IndexOf('.') is >= 0 and var dot ? dot : mantissa.Length;
        var point = whole + (e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign));
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        point -= digits.Length - significant.Length;
        return significant.Length == 0 ? ("0", 1) : (significant.TrimEnd('0'), point);
    }

    private static void Repr(StringBuilder builder, Value value)
    {
        switch (value)
        {
            case StringValue text:
                Quote(builder, text.Text);
                break;
            case ListValue list:
                builder.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                    Repr(i == 0 ? builder : builder.Append(", "), list.Items[i]);
                builder.Append(']');
                break;
            case MapValue map:
                builder.Append('{');
                for (var i = 0; i < map.Count; i++)
                {
                    Quote(i == 0 ? builder : builder.Append(", "), map.Entries[i].Key);
                    Repr(builder.Append(": "), map.Entries[i].Value);
                }

                builder.Append('}');
                break;
            default:
                builder.Append(Scalar(value));
                break;
        }
    }

    // Python prefers single quotes and uses double ones only when that saves escaping.
    private static void Quote(StringBuilder builder, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        builder.Append(quote);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var unit = text[at];
            at += rune.Utf16SequenceLength;
            if (char.IsSurrogate(unit) && rune.IsBmp)
                builder.Append($"\\u{(int)unit:x4}");
            else if (rune.Value == quote || rune.Value == '\\')
                builder.Append('\\').Append((char)rune.Value);
            else if (rune.Value is '\n' or '\r' or '\t')
                builder.Append('\\').Append(rune.Value switch { '\n' => 'n', '\r' => 'r', _ => 't' });
            else if (IsPrintable(rune))
                builder.Append(rune);
            else
                builder.Append(rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }

        builder.Append(quote);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    private static string Scalar(Value value) => value switch
    {
        BooleanValue boolean => boolean.Flag ? "True" : "False",
        IntegerValue integer => integer.Number.ToString(),
        FloatValue number => Float(number.Number),
        _ => "None",
    };
}
