using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>Reads the sandboxes of this host from podman.</summary>
internal sealed class SandboxListing(IProcessRunner processes)
{
    /// <summary>All nodes of all sandboxes, by name and number.</summary>
    public async Task<ImmutableArray<SandboxState>> ReadAsync(CancellationToken stop)
    {
        var containers = await JsonAsync(["ps", "--all", "--filter", $"label={Sandbox.Label}", "--format", "json"], Container, stop);
        var volumes = await JsonAsync(["volume", "ls", "--filter", $"label={Sandbox.Label}", "--format", "json"], NodeOf, stop);
        var found = containers.ToDictionary(node => (node.Name, node.Node));
        foreach (var (name, node) in volumes.Where(node => !found.ContainsKey(node)))
            found.TryAdd((name, node), new(name, node, "incomplete", "", null));
        return [.. found.Values.OrderBy(node => node.Name, StringComparer.Ordinal).ThenBy(node => node.Node)];
    }

    private async Task<ImmutableArray<T>> JsonAsync<T>(ImmutableArray<string> arguments, Func<JsonElement, T> read, CancellationToken stop)
    {
        var listed = (await processes.RunAsync(new("podman", arguments), stop)).OrThrow();
        return string.IsNullOrWhiteSpace(listed.Output) ? [] : listed.Json<ImmutableArray<T>>(list => [.. list.EnumerateArray().Select(read)]);
    }

    private static SandboxState Container(JsonElement container)
    {
        var (name, node) = NodeOf(container);
        return new(
            name,
            node,
            container.GetProperty("State").GetString()!,
            container.GetProperty("Image").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(container.GetProperty("Created").GetInt64()));
    }

    // A node has a number only in a sandbox of several nodes.
    private static (string Name, int Node) NodeOf(JsonElement labelled)
    {
        var labels = labelled.GetProperty("Labels");
        return (
            labels.GetProperty(Sandbox.Label).GetString()!,
            labels.TryGetProperty(SandboxNode.Label, out var number) ? int.Parse(number.GetString()!, CultureInfo.InvariantCulture) : 1);
    }
}
