using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Events;

/// <summary>Events as JSON, one a line.</summary>
[JsonSerializable(typeof(RunEvent))]
public sealed partial class RunEventJson : JsonSerializerContext
{
    // The lines are no part of a page: quotes and signs may stay as they are.
    private static readonly RunEventJson s_plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The event in one line, without the line's end.</summary>
    public static string Write(RunEvent happened) => JsonSerializer.Serialize(happened, s_plain.RunEvent);

    /// <summary>The event of a line; null for one that was cut short, and for a kind that a newer program has.</summary>
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
