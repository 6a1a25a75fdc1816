using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Ansible;

/// <summary>Reads the lines of the callback plugin.</summary>
public static class AnsibleEvents
{
    /// <summary>The event of a line; a line that is none becomes a <see cref="AnsibleEventKind.Text"/> event, an empty one null.</summary>
    public static AnsibleEvent? Parse(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return null;
        try
        {
            if (line.StartsWith("{\"event\":", StringComparison.Ordinal)
                && JsonSerializer.Deserialize(line, AnsibleJson.Default.AnsibleEvent) is { } read)
                return read;
        }
        catch (JsonException)
        {
            // Another program's line that only looks like ours, or one cut short by a kill.
        }

        return new() { Event = AnsibleEventKind.Text, Text = line.TrimEnd() };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(AnsibleEventKindConverter)])]
[JsonSerializable(typeof(AnsibleEvent))]
internal sealed partial class AnsibleJson : JsonSerializerContext;

internal sealed class AnsibleEventKindConverter() : JsonStringEnumConverter<AnsibleEventKind>(JsonNamingPolicy.SnakeCaseLower);
