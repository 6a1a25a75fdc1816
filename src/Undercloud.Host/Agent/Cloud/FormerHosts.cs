using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>
/// Finds out what this node's services have left in Nova's and Neutron's lists under names that the node had before: services take another host
/// name for another host. What is alive is somebody else's by now, whatever its name, and stays.
/// </summary>
/// <remarks>
/// Heat and Ironic need nothing: an engine of Heat removes its entry as it ends, and a conductor of Ironic that is offline has its nodes taken
/// over and their reservations lifted by the others. Ironic has no request that would remove it.
/// </remarks>
internal sealed class FormerHosts(AgentPlan plan, KeystoneClient keystone, IReadOnlyCollection<CloudManifest> wanted, bool check, TimeProvider time)
{
    // Neutron calls an agent dead after 75 seconds, Nova a service after 60, and only then nova-compute takes over nodes, once a minute.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> _kept = [];
    private readonly HashSet<string> _waited = [];

    /// <summary>Plans to remove the entries, once they are dead and what they had was taken over; each name is forgotten with its last one, and waited for once.</summary>
    public async Task AddAsync(CancellationToken stop)
    {
        if (!IsNeeded(plan) || plan.Before.Hostname is not { } hostname)
            return;
        var started = time.GetTimestamp();
        if (Service("network", "Neutron") is { } neutron)
            await AgentsAsync(hostname, neutron, started, stop);
        if (Service("compute", "Nova") is { } nova)
            await ServicesAsync(hostname, nova, started, stop);
        plan.Owned = plan.Owned with { Hostname = plan.Owned.Hostname! with { Former = [.. _kept], Waited = [.. _waited] } };
    }

    /// <summary>Whether Nova and Neutron have to be asked: the node had another name before.</summary>
    public static bool IsNeeded(AgentPlan plan) => plan.Before.Hostname is { Former.IsEmpty: false };

    private RestClient? Service(string type, string name)
    {
        var home = wanted.FirstOrDefault(cloud => cloud.Services.Any(service => service.Type == type));
        return home is null ? null : keystone.Service(type, name, home.Region);
    }

    private async Task AgentsAsync(OwnedHostname hostname, RestClient neutron, long started, CancellationToken stop)
    {
        var all = await SettledAsync(
            async () => await neutron.ListAsync("/v2.0/agents", "agents", stop),
            agents => Task.FromResult(agents.Any(agent => IsAwaited(hostname, Host(agent)) && IsAlive(agent))),
            started, stop);
        foreach (var agent in all.Where(agent => IsFormer(hostname, Host(agent))))
        {
            if (IsAlive(agent))
                KeepAlive(Host(agent), $"{CloudInventory.Text(agent, "agent_type")} of {Host(agent)} is alive at Neutron, though this node is {hostname.Name} now: it stays.");
            else
                await new DeadAgent(plan, agent, all.Find(other => IsSuccessor(other, agent, hostname.Name)), neutron).RemoveAsync(Keep, stop);
        }
    }

    private async Task ServicesAsync(OwnedHostname hostname, RestClient nova, long started, CancellationToken stop)
    {
        nova.Headers["OpenStack-API-Version"] = ComputePlan.Version;
        var used = ImmutableSortedSet<string>.Empty;
        foreach (var host in hostname.Former)
        {
            if ((await nova.ListAsync($"/servers?all_tenants=1&host={Uri.EscapeDataString(host)}", "servers", stop)).Count is > 0 and var servers)
            {
                used = used.Add(host);
                Keep(host, $"nova-compute of {host} stays in Nova's list: {servers} servers are its own (`openstack server list --all-projects --host {host}`). "
                    + "An install after they are gone removes it.");
            }
        }

        var freed = hostname.Former.Except(used);
        var awaited = freed.Except(hostname.Waited);
        var all = await SettledAsync(
            async () => await nova.ListAsync("/os-services", "services", stop),
            async services => services.Any(service => awaited.Contains(Host(service)) && IsUp(service)) || await NodesAsync(awaited, services, nova, stop) is { Count: > 0 },
            started, stop);
        var nodes = await NodesAsync(freed, all, nova, stop);
        var aggregates = all.Any(service => freed.Contains(Host(service)) && IsCompute(service)) ? await nova.ListAsync("/os-aggregates", "aggregates", stop) : [];
        foreach (var service in all.Where(service => IsFormer(hostname, Host(service)) && !(IsCompute(service) && used.Contains(Host(service)))))
        {
            var name = $"{CloudInventory.Text(service, "binary")} on {Host(service)}";
            if (IsUp(service))
                KeepAlive(Host(service), $"{name} is up at Nova, though this node is {hostname.Name} now: it stays.");
            else if (IsCompute(service) && nodes.Contains(Host(service)))
                KeepAlive(Host(service), $"{name} stays in Nova's list: it has nodes that nova-compute of {hostname.Name} has not taken over yet. A later install removes it.");
            else if (IsCompute(service) && aggregates.Find(one => Has(one, Host(service))) is { } aggregate)
                Keep(Host(service), $"{name} stays in Nova's list: it is in the aggregate {aggregate["name"]}, and Nova takes no host without nodes out of one (it would answer 500).");
            else
                plan.Add(new("compute-service", name, "remove", $"the node is {hostname.Name} now"), running => nova.DeleteAsync($"/os-services/{service["id"]}", running));
        }
    }

    // The hosts among these that have nodes. Nova removes a nova-compute with the nodes that are still its own: those of the new name take them first.
    private static async Task<HashSet<string>> NodesAsync(ImmutableSortedSet<string> hosts, List<JsonObject> services, RestClient nova, CancellationToken stop) =>
        !services.Any(service => hosts.Contains(Host(service)) && IsCompute(service))
            ? []
            : (await nova.ListAsync("/os-hypervisors/detail", "hypervisors", stop)).Select(node => node["service"]?["host"]?.ToString() ?? "").Where(hosts.Contains).ToHashSet();

    // A preview does not wait.
    private async Task<List<JsonObject>> SettledAsync(
        Func<Task<List<JsonObject>>> read, Func<List<JsonObject>, Task<bool>> moves, long started, CancellationToken stop)
    {
        var found = await read();
        while (!check && time.GetElapsedTime(started) < s_limit && await moves(found))
        {
            await Task.Delay(s_poll, time, stop);
            found = await read();
        }

        return found;
    }

    private void Keep(string host, string why)
    {
        _kept.Add(host);
        plan.Notes.Add(why);
    }

    private void KeepAlive(string host, string why)
    {
        _waited.Add(host);
        Keep(host, why);
    }

    // One that was waited for in vain is not waited for again: that would make every later run four minutes longer.
    private static bool IsAwaited(OwnedHostname hostname, string host) => IsFormer(hostname, host) && !hostname.Waited.Contains(host);

    private static bool IsFormer(OwnedHostname hostname, string host) => hostname.Former.Contains(host);

    private static bool IsSuccessor(JsonObject other, JsonObject agent, string host) =>
        Host(other) == host && IsAlive(other) && CloudInventory.Text(other, "binary") == CloudInventory.Text(agent, "binary");

    private static string Host(JsonObject entry) => CloudInventory.Text(entry, "host");

    private static bool IsAlive(JsonObject agent) => agent["alive"] is JsonValue value && value.TryGetValue<bool>(out var alive) && alive;

    private static bool IsUp(JsonObject service) => CloudInventory.Text(service, "state") == "up";

    private static bool Has(JsonObject aggregate, string host) => (aggregate["hosts"] as JsonArray ?? []).Any(one => $"{one}" == host);

    private static bool IsCompute(JsonObject service) => CloudInventory.Text(service, "binary") == "nova-compute";
}
