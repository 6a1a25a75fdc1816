using System.Globalization;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Writes maps as block YAML with every string in double quotes, so that YAML 1.1 and 1.2 read the same values.</summary>
internal static class BlockYaml
{
    // Words that are no strings in YAML 1.1, in any case of their letters.
    private static readonly string[] s_words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    public static string Write(MapValue map)
    {
        var text = new StringBuilder();
        Block(text, map, indent: 0);
        return text.ToString();
    }

    private static void Block(StringBuilder text, MapValue map, int indent)
    {
        foreach (var (key, value) in map.Entries)
        {
            text.Append(' ', indent).Append(Key(key)).Append(':');
            if (value is MapValue { Count: > 0 } inner)
            {
                text.Append('\n');
                Block(text, inner, indent + 2);
            }
            else
            {
                text.Append(' ').Append(Flow(value)).Append('\n');
            }
        }
    }

    private static string Flow(Value value) => value switch
    {
        StringValue scalar => Quoted(scalar.Text),
        FloatValue number => Float(number.Number),
        ListValue list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Key(entry.Key)}: {Flow(entry.Value)}"))}}}",
        _ => value.ToString(),
    };

    private static string Key(string key) =>
        key.Length > 0 && char.IsAsciiLetter(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && !s_words.Contains(key.ToLowerInvariant())
            ? key
            : Quoted(key);

    // A YAML 1.1 float contains a point: 1E+20 would be a string.
    private static string Float(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return text.Contains('.') ? text : exponent < 0 ? text + ".0" : text.Insert(exponent, ".0");
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c == '\n')
                quoted.Append("\\n");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff')
                quoted.Append($"\\u{(int)c:x4}");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
