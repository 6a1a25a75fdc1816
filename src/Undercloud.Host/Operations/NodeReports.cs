using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Host.Checks;

namespace Undercloud.Host.Operations;

/// <summary>A node's answers as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(AddressConverter)])]
[JsonSerializable(typeof(HostState))]
[JsonSerializable(typeof(DueRestarts))]
[JsonSerializable(typeof(ImmutableArray<ContainerStatus>))]
public sealed partial class NodeReports : JsonSerializerContext
{
    public static string Write(HostState state) => JsonSerializer.Serialize(state, Default.HostState) + "\n";

    public static string Write(ImmutableArray<ContainerStatus> containers) => JsonSerializer.Serialize(containers, Default.ImmutableArrayContainerStatus) + "\n";

    public static string Write(DueRestarts restarts) => JsonSerializer.Serialize(restarts, Default.DueRestarts) + "\n";

    /// <exception cref="JsonException">The text is not a host's state.</exception>
    public static HostState ReadState(string json) => JsonSerializer.Deserialize(json, Default.HostState) ?? throw new JsonException("The state is null.");

    /// <exception cref="JsonException">The text is not a list of containers.</exception>
    public static ImmutableArray<ContainerStatus> ReadContainers(string json) => JsonSerializer.Deserialize(json, Default.ImmutableArrayContainerStatus);

    /// <exception cref="JsonException">The text does not tell which restarts are due.</exception>
    public static DueRestarts ReadRestarts(string json) => JsonSerializer.Deserialize(json, Default.DueRestarts) ?? throw new JsonException("The restarts are null.");

    private sealed class AddressConverter : JsonConverter<IPAddress>
    {
        public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.Net.IPAddress.TryParse(reader.GetString(), out var address) ? address : throw new JsonException("It is no address.");

        public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");
    }
}
