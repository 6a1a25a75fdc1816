using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Heat.Values;

/// <summary>Allows a record that System.Text.Json writes to hold values.</summary>
public sealed class ValueJsonConverter : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return CanonicalJson.FromElement(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) =>
        writer.WriteRawValue(CanonicalJson.Write(value));
}
