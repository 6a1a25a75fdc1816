using System.Text;
using System.Text.Json;

namespace Undercloud.Heat.Values;

/// <summary>JSON as Python's <c>json</c> reads and writes it: <c>NaN</c>, integers without bound, surrogates without their other half.</summary>
public static class PythonJson
{
    /// <summary>Collections may be nested this deep; Python's own limit is its stack.</summary>
    public const int DepthLimit = 400;

    /// <summary><c>json.loads(text)</c>.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Value Read(string text) => new PythonJsonReader(text).Document();

    /// <summary><c>json.dumps(value)</c>: one line of ASCII, the maps' own order.</summary>
    public static string Write(Value value)
    {
        var builder = new StringBuilder();
        Write(builder, value);
        return builder.ToString();
    }

    /// <summary>Writes <c>json.dumps(value)</c>.</summary>
    public static void Write(StringBuilder builder, Value value)
    {
        switch (value)
        {
            case StringValue text:
                Write(builder, text.Text);
                break;
            case ListValue list:
                builder.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                    Write(i == 0 ? builder : builder.Append(", "), list.Items[i]);
                builder.Append(']');
                break;
            case MapValue map:
                builder.Append('{');
                for (var i = 0; i < map.Count; i++)
                {
                    Write(i == 0 ? builder : builder.Append(", "), map.Entries[i].Key);
                    Write(builder.Append(": "), map.Entries[i].Value);
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
