using System.Text;
using System.Text.RegularExpressions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>Writes block style YAML that PyYAML reads back as the same value. Equal values give equal texts.</summary>
public static partial class YamlWriter
{
    private const int Indent = 2;
    private const int LongestKey = 1000;

    /// <summary>The document of a value, with a line end at the end.</summary>
    public static string Write(Value value)
    {
        var text = new StringBuilder();
        switch (value)
        {
            case MapValue { Count: > 0 } map:
                Map(text, map, 0);
                break;
            case ListValue { Items.IsEmpty: false } list:
                List(text, list, 0);
                break;
            default:
                Inline(text, value, 0);
                break;
        }

        return text.ToString();
    }

    /// <summary>A string as a plain or double-quoted scalar on one line.</summary>
    public static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    // The entries of a map; the first line continues the current one.
    private static void Map(StringBuilder text, MapValue map, int column)
    {
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value) = map.Entries[i];
            if (i > 0)
                text.Append(' ', column);
            Key(text, key, column);
            switch (value)
            {
                case MapValue { Count: > 0 } inner:
                    text.Append('\n').Append(' ', column + Indent);
                    Map(text, inner, column + Indent);
                    break;
                case ListValue { Items.IsEmpty: false } inner:
                    text.Append('\n').Append(' ', column + Indent);
                    List(text, inner, column + Indent);
                    break;
                default:
                    text.Append(' ');
                    Inline(text, value, column);
                    break;
            }
        }
    }

    private static void List(StringBuilder text, ListValue list, int column)
    {
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (i > 0)
                text.Append(' ', column);
            text.Append("- ");
            switch (list.Items[i])
            {
                case MapValue { Count: > 0 } inner:
                    Map(text, inner, column + Indent);
                    break;
                case ListValue { Items.IsEmpty: false } inner:
                    List(text, inner, column + Indent);
                    break;
                case var value:
                    Inline(text, value, column);
                    break;
            }
        }
    }

    private static void Inline(StringBuilder text, Value value, int column)
    {
        if (value is StringValue { Text: var words } && IsLiteralBlock(words))
        {
            LiteralBlock(text, words, column + Indent);
            return;
        }

        text.Append(value switch
        {
            StringValue { Text: var plain } => Scalar(plain),
            BooleanValue boolean => boolean.Flag ? "true" : "false",
            IntegerValue integer => integer.Number.ToString(),
            FloatValue number => Float(number.Number),
            ListValue => "[]",
            MapValue => "{}",
            _ => "null",
        }).Append('\n');
    }

    // Without the '?' form PyYAML reads keys of at most 1024 characters.
    private static void Key(StringBuilder text, string key, int column)
    {
        var scalar = Scalar(key);
        if (scalar.Length <= LongestKey)
            text.Append(scalar).Append(':');
        else
            text.Append("? ").Append(scalar).Append('\n').Append(' ', column).Append(':');
    }

    // YAML 1.1 requires a point in every float and a sign in every exponent.
    private static string Float(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
        var text = PythonText.Float(number);
        var exponent = text.IndexOf('e');
        return exponent > 0 && !text.Contains('.') ? text.Insert(exponent, ".0") : text;
    }

    private static bool IsPlain(string text) => PlainPattern().IsMatch(text) && !text.StartsWith("...", StringComparison.Ordinal) && Yaml11.IsString(text);

    // Lines of printable text whose first line does not begin with a blank, so that the block's indentation is unambiguous.
    private static bool IsLiteralBlock(string text)
    {
        if (!text.Contains('\n') || text.Trim('\n').Length == 0 || text[0] is ' ' or '\t' or '\n')
            return false;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && line.AsSpan().Trim(' ').IsEmpty)
                return false;
        }

        return text.EnumerateRunes().All(rune => rune.Value is '\n' or '\t' || IsPrintable(rune));
    }

    private static void LiteralBlock(StringBuilder text, string words, int column)
    {
        var body = words.TrimEnd('\n');
        var ends = words.Length - body.Length;
        text.Append(ends switch { 0 => "|-\n", 1 => "|\n", _ => "|+\n" });
        foreach (var line in body.Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', column).Append(line);
            text.Append('\n');
        }

        for (var i = 1; i < ends; i++)
            text.Append('\n');
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                quoted.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when !char.IsSurrogate(c) && IsPrintable(new Rune(c)) => quoted.Append(c),
                < '\x100' => quoted.Append($"\\x{(int)c:X2}"),
                _ => quoted.Append($"\\u{(int)c:X4}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    // The characters that PyYAML's reader accepts, without its line breaks other than \n and without the byte order mark.
    private static bool IsPrintable(Rune rune) => rune.Value is (>= 0x20 and <= 0x7e) or (>= 0xa0 and <= 0xd7ff and not (0x2028 or 0x2029))
        or (>= 0xe000 and <= 0xfffd and not 0xfeff) or (>= 0x10000 and <= 0x10ffff);

    [GeneratedRegex(@"^[A-Za-z0-9_/.](?:[A-Za-z0-9_/. -]*[A-Za-z0-9_/.-])?\z")]
    private static partial Regex PlainPattern();
}
