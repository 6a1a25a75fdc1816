using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Ansible;

/// <summary>Parses the lines of the callback plugin.</summary>
public static class AnsibleEvents
{
    /// <summary>The event of a line; a line that is no event gives an <see cref="AnsibleEventKind.Text"/> event, an empty line null.</summary>
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
            // A line of another program that looks like an event, or an event cut short by a kill.
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
