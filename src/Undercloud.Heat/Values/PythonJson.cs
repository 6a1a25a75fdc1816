using System.Text;
using System.Text.Json;

namespace Undercloud.Heat.Values;

/// <summary>JSON as Python's <c>json</c> reads and writes it: <c>NaN</c>, unbounded integers, surrogates without their other half.</summary>
public static class PythonJson
{
    /// <summary>The maximum nesting depth of collections; Python's own limit is its stack.</summary>
    public const int DepthLimit = 400;

    /// <summary><c>json.loads(text)</c>.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Value Read(string text) => new PythonJsonReader(text).Document();

    /// <summary><c>json.dumps(value)</c>: one line of ASCII, the maps' own order.</summary>
    public static string Write(Value value) => Write(value, sorted: false);

    /// <summary><c>json.dumps(value, sort_keys=sorted)</c>.</summary>
    public static string Write(Value value, bool sorted)
    {
        var builder = new StringBuilder();
        Write(builder, value, sorted);
        return builder.ToString();
    }

    /// <summary>Writes <c>json.dumps(value, sort_keys=sorted)</c>.</summary>
    public static void Write(StringBuilder builder, Value value, bool sorted = false)
    {
        switch (value)
        {
            case StringValue text:
                Write(builder, text.Text);
                break;
            case ListValue list:
                builder.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                    Write(i == 0 ? builder : builder.Append(", "), list.Items[i], sorted);
                builder.Append(']');
                break;
            case MapValue map:
                var entries = sorted ? map.Entries.Sort((left, right) => CodePointOrder.Compare(left.Key, right.Key)) : map.Entries;
                builder.Append('{');
                for (var i = 0; i < entries.Length; i++)
                {
                    Write(i == 0 ? builder : builder.Append(", "), entries[i].Key);
                    Write(builder.Append(": "), entries[i].Value, sorted);
                }

                builder.Append('}');
                break;
            case FloatValue { Number: var number }:
                builder.Append(double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : PythonText.Float(number));
                break;
            case BooleanValue boolean:
                builder.Append(boolean.Flag ? "true" : "false");
                break;
            case IntegerValue integer:
                builder.Append(integer.Number.ToString());
                break;
            default:
                builder.Append("null");
                break;
        }
    }

    private static void Write(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => builder.Append("\\\""),
                '\\' => builder.Append(@"\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                '\b' => builder.Append("\\b"),
                '\f' => builder.Append("\\f"),
                >= ' ' and <= '~' => builder.Append(c),
                _ => builder.Append($"\\u{(int)c:x4}"),
            };
        }

        builder.Append('"');
    }
}
