using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Undercloud.Heat.Values;

/// <summary>Values to JSON and back. The canonical form sorts keys by code point and has no blanks: equal values give equal texts.</summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4096 };
    private static readonly JsonWriterOptions s_indented = s_compact with { Indented = true, NewLine = "\n" };

    /// <summary>The canonical text: keys sorted, no blanks.</summary>
    public static string Write(Value value) => Write(value, s_compact, sorted: true);

    /// <summary>Indented text in the maps' own order, for people and for files.</summary>
    public static string WriteIndented(Value value) => Write(value, s_indented, sorted: false) + "\n";

    /// <summary>The value of a JSON text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Value Read(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        try
        {
            return FromElement(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair, which is detected only when the string is read.
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>The value of a parsed JSON element.</summary>
    public static Value FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(FromElement)]),
        JsonValueKind.Object => new MapValue(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, FromElement(p.Value)))),
        _ => Value.Null,
    };

    private static Value Number(string raw) =>
        BigInteger.TryParse(raw, out var integer) ? new IntegerValue(integer) : new FloatValue(double.Parse(raw));

    private static string Write(Value value, JsonWriterOptions options, bool sorted)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
            Write(writer, value, sorted);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Value value, bool sorted)
    {
        switch (value)
        {
            case BooleanValue boolean:
                writer.WriteBooleanValue(boolean.Flag);
                break;
            case IntegerValue integer when integer.Number >= long.MinValue && integer.Number <= long.MaxValue:
                writer.WriteNumberValue((long)integer.Number);
                break;
            case IntegerValue integer:
                writer.WriteRawValue(integer.Number.ToString());
                break;
            case FloatValue number:
                writer.WriteRawValue(Float(number.Number));
                break;
            case StringValue text:
                writer.WriteStringValue(WellFormed(text.Text));
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item, sorted);
                writer.WriteEndArray();
                break;
            case MapValue map:
                writer.WriteStartObject();
                foreach (var (key, item) in sorted ? Sorted(map) : map.Entries)
                {
                    writer.WritePropertyName(WellFormed(key));
                    Write(writer, item, sorted);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // Half of a surrogate pair has no form in UTF-8.
    private static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : string.Concat(text.EnumerateRunes());

    private static ImmutableArray<KeyValuePair<string, Value>> Sorted(MapValue map) =>
        map.Entries.Sort((left, right) => CodePointOrder.Compare(left.Key, right.Key));

    // JSON cannot express these; Python's json writes text for them that no reader accepts, so this writer uses null.
    private static string Float(double number) =>
        !double.IsFinite(number) ? "null"
        : PythonText.Float(number);
}
