using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>Reads what podman knows of sandboxes.</summary>
internal sealed class SandboxListing(IProcessRunner processes)
{
    public async Task<ImmutableArray<SandboxState>> ReadAsync(CancellationToken stop)
    {
        var containers = await JsonAsync(["ps", "--all", "--filter", $"label={Sandbox.Label}", "--format", "json"], Container, stop);
        var volumes = await JsonAsync(["volume", "ls", "--filter", $"label={Sandbox.Label}", "--format", "json"], NameOf, stop);
        var found = containers.ToDictionary(sandbox => sandbox.Name);
        foreach (var name in volumes.Where(name => !found.ContainsKey(name)))
            found.TryAdd(name, new(name, "incomplete", "", null));
        return [.. found.Values.OrderBy(sandbox => sandbox.Name, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<T>> JsonAsync<T>(ImmutableArray<string> arguments, Func<JsonElement, T> read, CancellationToken stop)
    {
        var listed = (await processes.RunAsync(new("podman", arguments), stop)).OrThrow();
        return string.IsNullOrWhiteSpace(listed.Output) ? [] : listed.Json<ImmutableArray<T>>(list => [.. list.EnumerateArray().Select(read)]);
    }

    private static SandboxState Container(JsonElement container) => new(
        NameOf(container),
        container.GetProperty("State").GetString()!,
        container.GetProperty("Image").GetString()!,
        DateTimeOffset.FromUnixTimeSeconds(container.GetProperty("Created").GetInt64()));

    private static string NameOf(JsonElement labelled) => labelled.GetProperty("Labels").GetProperty(Sandbox.Label).GetString()!;
}
