using System.Text.Json.Serialization;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>A container in <c>podman ps --format json</c>. Times are seconds since 1970, negative for never.</summary>
internal sealed record PodmanPsEntry(
    string Id,
    IReadOnlyList<string>? Names,
    IReadOnlyList<string>? Command,
    string? Image,
    [property: JsonPropertyName("ImageID")] string? ImageId,
    string? State,
    string? Status,
    int ExitCode,
    int Pid,
    long Created,
    long StartedAt,
    long ExitedAt,
    IReadOnlyDictionary<string, string>? Labels);

/// <summary>The health of a container in <c>podman inspect</c>, with the last checks that podman ran, the newest last.</summary>
internal sealed record PodmanHealth(IReadOnlyList<PodmanCheck>? Log);

/// <summary>A check that podman ran.</summary>
internal sealed record PodmanCheck(DateTimeOffset Start, int ExitCode);

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(IReadOnlyList<PodmanPsEntry>))]
[JsonSerializable(typeof(PodmanHealth))]
internal sealed partial class PodmanJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SortedDictionary<string, RunRecord>))]
[JsonSerializable(typeof(SortedDictionary<string, StartTime>))]
internal sealed partial class RunRecordsJson : JsonSerializerContext;
