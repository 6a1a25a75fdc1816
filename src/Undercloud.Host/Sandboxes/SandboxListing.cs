using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>Reads what podman knows of sandboxes.</summary>
internal sealed class SandboxListing(IProcessRunner processes)
{
    public async Task<ImmutableArray<SandboxState>> ReadAsync(CancellationToken stop)
    {
        var containers = await JsonAsync(["ps", "--all", "--filter", $"label={Sandbox.Label}", "--format", "json"], stop);
        var volumes = await JsonAsync(["volume", "ls", "--filter", $"label={Sandbox.Label}", "--format", "json"], stop);
        var found = containers.Select(Container).ToDictionary(sandbox => sandbox.Name);
        foreach (var name in volumes.Select(NameOf).Where(name => !found.ContainsKey(name)))
            found.TryAdd(name, new(name, "incomplete", "", null));
        return [.. found.Values.OrderBy(sandbox => sandbox.Name, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<JsonElement>> JsonAsync(ImmutableArray<string> arguments, CancellationToken stop)
    {
        var listed = (await processes.RunAsync(new("podman", arguments), stop)).OrThrow();
        using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(listed.Output) ? "[]" : listed.Output);
        return [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    private static SandboxState Container(JsonElement container) => new(
        NameOf(container),
        container.GetProperty("State").GetString()!,
        container.GetProperty("Image").GetString()!,
        DateTimeOffset.FromUnixTimeSeconds(container.GetProperty("Created").GetInt64()));

    private static string NameOf(JsonElement labelled) => labelled.GetProperty("Labels").GetProperty(Sandbox.Label).GetString()!;
}
