using System.Text.Json.Nodes;

namespace Undercloud.Tests.Containers;

/// <summary>A container of <see cref="FakeContainerHost"/>.</summary>
internal sealed class FakeContainer(string name, string id, Dictionary<string, string> labels)
{
    public string Name { get; set; } = name;

    public string Id { get; } = id;

    public Dictionary<string, string> Labels { get; } = labels;

    public string State { get; set; } = "created";

    public int Exit { get; set; }

    public int Process { get; set; }

    /// <summary>The signals that it got.</summary>
    public List<string> Signals { get; } = [];

    public DateTimeOffset Started { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>What a podman that was killed can leave: it can never be started.</summary>
    public bool IsBroken { get; set; }

    public bool IsChecked { get; init; }

    public bool IsHealthy { get; set; }

    public bool GoesAfterwards { get; init; }

    public JsonNode ToJson() => new JsonObject
    {
        [nameof(Id)] = Id,
        ["Names"] = new JsonArray(Name),
        [nameof(State)] = State,
        ["Status"] = IsChecked ? $"Up 2 seconds ({(IsHealthy ? "healthy" : "starting")})" : "Up 2 seconds",
        ["Pid"] = Process,
        ["ExitCode"] = Exit,
        [nameof(Labels)] = new JsonObject(Labels.Select(label => new KeyValuePair<string, JsonNode?>(label.Key, label.Value))),
    };
}
