using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Manifests;

/// <summary>Manifests and results as JSON: snake_case keys, nulls omitted, indented.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(NodeManifest))]
[JsonSerializable(typeof(NodeResult))]
public sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>The manifest as JSON, byte-stable.</summary>
    public static string Write(NodeManifest manifest) => JsonSerializer.Serialize(manifest, Default.NodeManifest) + "\n";

    /// <exception cref="JsonException">The text is no manifest.</exception>
    public static NodeManifest ReadManifest(string json) =>
        JsonSerializer.Deserialize(json, Default.NodeManifest) ?? throw new JsonException("The manifest is null.");

    public static string Write(NodeResult result) => JsonSerializer.Serialize(result, Default.NodeResult) + "\n";

    /// <exception cref="JsonException">The text is no result.</exception>
    public static NodeResult ReadResult(string json) =>
        JsonSerializer.Deserialize(json, Default.NodeResult) ?? throw new JsonException("The result is null.");
}
