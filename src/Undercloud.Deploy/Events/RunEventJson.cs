using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Events;

/// <summary>Events as JSON, one per line.</summary>
[JsonSerializable(typeof(RunEvent))]
public sealed partial class RunEventJson : JsonSerializerContext
{
    // The lines are not embedded in HTML: quotes and signs need no escapes.
    private static readonly RunEventJson s_plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The event in one line, without the line's end.</summary>
    public static string Write(RunEvent happened) => JsonSerializer.Serialize(happened, s_plain.RunEvent);

    /// <summary>The event of a line; null for a truncated line, and for a kind that only a newer program knows.</summary>
    public static RunEvent? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, s_plain.RunEvent);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
