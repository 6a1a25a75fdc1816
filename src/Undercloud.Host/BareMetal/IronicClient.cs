using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Values;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.BareMetal;

/// <summary>Ironic's REST API, as far as enrolling, inspecting and providing nodes needs it.</summary>
public sealed class IronicClient : IDisposable
{
    // Supported by the Ironic of Zed (21) and of 2025.1 (29).
    private const string Version = "1.69";
    private const int PageLimit = 10_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_locked = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly KeystoneClient _keystone;
    private readonly RestClient _rest;
    private readonly TimeProvider _time;

    private IronicClient(KeystoneClient keystone, RestClient rest, TimeProvider time)
    {
        (_keystone, _rest, _time) = (keystone, rest, time);
        _rest.Headers["X-OpenStack-Ironic-API-Version"] = Version;
    }

    /// <summary>Logs in and finds Ironic's endpoint.</summary>
    /// <exception cref="CloudException">The login is refused, there is no Ironic, or the service does not answer.</exception>
    public static async Task<IronicClient> OpenAsync(HttpMessageHandler handler, OperatorLogin login, TimeProvider time, CancellationToken stop)
    {
        var keystone = new KeystoneClient(handler, login.Login, s_patience, time)
        {
            Remedy = "Is that this undercloud's stackrc or clouds.yaml? `undercloud install` writes both.",
        };
        try
        {
            await keystone.LoginAsync(stop);
            var rest = keystone.Service("baremetal", "Ironic", login.Region, login.Side)
                ?? throw new CloudException(
                    $"The catalogue has no {login.Side} endpoint for bare metal in the region {login.Region}: Ironic is not part of this undercloud. "
                    + "Set enable_ironic = true in undercloud.conf to add it.");
            return new(keystone, rest, time);
        }
        catch
        {
            keystone.Dispose();
            throw;
        }
    }

    /// <summary>All nodes with their ports.</summary>
    public async Task<ImmutableArray<FoundNode>> NodesAsync(CancellationToken stop)
    {
        var ports = (await PagesAsync("/v1/ports/detail", "ports", stop)).Select(Port).ToLookup(port => port.NodeUuid, StringComparer.Ordinal);
        return [.. (await PagesAsync("/v1/nodes/detail", "nodes", stop)).Select(node => Node(node, ports[Text(node, "uuid")]))];
    }

    /// <summary>All nodes with the fields that show their progress; without ports.</summary>
    public async Task<ImmutableArray<FoundNode>> StatesAsync(CancellationToken stop) =>
        [.. (await PagesAsync("/v1/nodes?fields=uuid,name,driver,provision_state,last_error,instance_uuid", "nodes", stop)).Select(node => Node(node, []))];

    /// <summary>The hardware types of the conductors, each with its interfaces.</summary>
    public async Task<EnabledDrivers> DriversAsync(CancellationToken stop)
    {
        var answer = await _rest.CallAsync(HttpMethod.Get, "/v1/drivers?detail=true", null, stop);
        return new((answer?["drivers"] as JsonArray ?? []).OfType<JsonObject>()
            .ToImmutableSortedDictionary(driver => Text(driver, "name"), driver => (MapValue)FromJson(driver), StringComparer.Ordinal));
    }

    /// <summary>Creates a node in the state enroll and returns its UUID.</summary>
    public async Task<string> CreateNodeAsync(MapValue fields, CancellationToken stop)
    {
        var made = await _rest.CallAsync(HttpMethod.Post, "/v1/nodes", (JsonObject)ToJson(fields)!, stop);
        return made is null ? throw new CloudException("Ironic answers POST /v1/nodes without the node.") : Text(made, "uuid");
    }

    /// <summary>Creates a port of a node.</summary>
    public Task CreatePortAsync(string node, WantedPort port, CancellationToken stop) =>
        UnlockedAsync(() => _rest.CallAsync(HttpMethod.Post, "/v1/ports", (JsonObject)ToJson(port.Fields.With("address", port.Address).With("node_uuid", node))!, stop), stop);

    /// <summary>Sets fields of a node. With another driver, interfaces that are not set become that driver's defaults.</summary>
    public Task PatchNodeAsync(string node, IReadOnlyCollection<FieldChange> changes, CancellationToken stop) =>
        PatchAsync($"/v1/nodes/{node}{(changes.Any(change => change.Path == "/driver") ? "?reset_interfaces=true" : "")}", changes, stop);

    /// <summary>Sets fields of a port.</summary>
    public Task PatchPortAsync(string port, IReadOnlyCollection<FieldChange> changes, CancellationToken stop) => PatchAsync($"/v1/ports/{port}", changes, stop);

    /// <summary>Requests a provision state transition of a node, e.g. manage, inspect, provide.</summary>
    public Task ProvisionAsync(string node, string verb, CancellationToken stop) =>
        UnlockedAsync(() => _rest.CallAsync(HttpMethod.Put, $"/v1/nodes/{node}/states/provision", new JsonObject { ["target"] = verb }, stop), stop);

    public void Dispose() => _keystone.Dispose();

    private Task PatchAsync(string path, IReadOnlyCollection<FieldChange> changes, CancellationToken stop)
    {
        var patch = changes.Select(change => (JsonNode)new JsonObject { ["op"] = "add", ["path"] = change.Path, ["value"] = ToJson(change.After) }).ToArray();
        return UnlockedAsync(() => _rest.PatchAsync(path, new JsonArray([.. patch.Select(one => one.DeepClone())]), stop), stop);
    }

    // Ironic's own tasks, e.g. a power state sync, lock a node for a moment. A request that is refused because of the lock was not started, so it is repeated.
    private async Task UnlockedAsync(Func<Task> act, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (CloudException exception) when (exception.Status == HttpStatusCode.Conflict && exception.Explanation?.Contains("is locked by", StringComparison.Ordinal) == true
                && _time.GetElapsedTime(started) < s_locked)
            {
                await Task.Delay(s_pause, _time, stop);
            }
        }
    }

    private async Task<List<JsonObject>> PagesAsync(string path, string collection, CancellationToken stop)
    {
        var all = new List<JsonObject>();
        for (var page = 0; page < PageLimit; page++)
        {
            var marker = all.Count == 0 ? "" : $"{(path.Contains('?') ? '&' : '?')}marker={Text(all[^1], "uuid")}";
            var answer = await _rest.CallAsync(HttpMethod.Get, path + marker, null, stop);
            var found = (answer?[collection] as JsonArray ?? []).OfType<JsonObject>().ToList();
            all.AddRange(found);
            if (answer?["next"] is null || found.Count == 0)
                return all;
        }

        throw new CloudException($"Ironic's list of {collection} does not end.");
    }

    private static FoundNode Node(JsonObject node, IEnumerable<FoundPort> ports) => new((MapValue)FromJson(node), [.. ports]);

    private static FoundPort Port(JsonObject port) => new(Text(port, "uuid"), Text(port, "address"), Text(port, "node_uuid"), (MapValue)FromJson(port));

    private static Value FromJson(JsonNode node) => CanonicalJson.Read(node.ToJsonString());

    private static JsonNode? ToJson(Value value) => JsonNode.Parse(CanonicalJson.Write(value));

    private static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";
}
