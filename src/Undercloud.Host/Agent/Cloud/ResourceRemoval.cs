using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>
/// Finds out which networks, subnets, flavors and the like of ours no step wants any more. What is in use stays, and so does what is at a service
/// that is not there: its database may come back.
/// </summary>
internal sealed class ResourceRemoval(AgentPlan plan, KeystoneClient keystone, IReadOnlyCollection<CloudManifest> wanted)
{
    private readonly HashSet<string> _stays = [.. wanted.SelectMany(cloud => Keys(cloud.Resources)).Select(key => key.ToString())];

    /// <summary>Whether a service has to be asked: an object of ours is in no step any more.</summary>
    public bool IsNeeded => Stale("subnet", "segment", "tag", "router", "network", "flavor", "key-pair").Count > 0;

    public async Task AddAsync(CancellationToken stop)
    {
        if (Stale("subnet", "segment", "tag", "router", "network").Count > 0 && Service("network", "Neutron") is { } neutron)
            await NetworksAsync(neutron, stop);
        if (Stale("flavor", "key-pair").Count > 0 && Service("compute", "Nova") is { } nova)
            await ComputeAsync(nova, stop);
    }

    private static IEnumerable<CloudKey> Keys(CloudResources resources) =>
    [
        .. resources.Networks.SelectMany(Keys),
        .. resources.Flavors.Select(flavor => CloudKey.Flavor(flavor.Name)),
        .. resources.KeyPairs.Select(pair => CloudKey.KeyPair(pair.Name)),
    ];

    private static IEnumerable<CloudKey> Keys(CloudNetwork network) =>
    [
        CloudKey.Network(network.Name),
        .. network.Subnets.Select(subnet => CloudKey.Subnet(network.Name, subnet.Cidr)),
        .. network.Subnets.Select(subnet => CloudKey.Tag(network.Name, subnet.Cidr)),
        .. network.Subnets.Where(subnet => !subnet.Local).Select(subnet => CloudKey.Segment(network.Name, subnet.Name)),
        .. AdvertisementRouter.SubnetOf(network) is { } subnet ? [CloudKey.Router(network.Name, subnet.Cidr)] : Array.Empty<CloudKey>(),
    ];

    private List<KeyValuePair<string, OwnedCloudObject>> Stale(params ReadOnlySpan<string> kinds)
    {
        var stale = new List<KeyValuePair<string, OwnedCloudObject>>();
        foreach (var kind in kinds)
            stale.AddRange(plan.Before.Cloud.Where(pair => pair.Value.Kind == kind && !_stays.Contains(pair.Key)));
        return stale;
    }

    private RestClient? Service(string type, string name)
    {
        var home = wanted.FirstOrDefault(cloud => cloud.Services.Any(service => service.Type == type));
        return home is null ? null : keystone.Service(type, name, home.Region);
    }

    private async Task NetworksAsync(RestClient neutron, CancellationToken stop)
    {
        foreach (var name in Stale("subnet", "segment", "tag", "router", "network").Select(pair => pair.Value.Name.Split('/')[0]).Distinct().ToList())
        {
            var owned = plan.Before.Cloud.GetValueOrDefault(CloudKey.Network(name).ToString());
            var named = await neutron.ListAsync($"/v2.0/networks?name={Uri.EscapeDataString(name)}", "networks", stop);
            var network = named.Find(one => owned?.Id is null ? CloudInventory.Text(one, "project_id") == keystone.ProjectId : CloudInventory.Text(one, "id") == owned.Id);
            if (network is null)
                Forget(Stale("subnet", "segment", "tag", "router", "network").Where(pair => pair.Value.Name.Split('/')[0] == name));
            else
                await NetworkAsync(name, network, neutron, stop);
        }
    }

    private async Task NetworkAsync(string name, JsonObject network, RestClient neutron, CancellationToken stop)
    {
        var id = CloudInventory.Text(network, "id");
        var subnets = await neutron.ListAsync($"/v2.0/subnets?network_id={id}", "subnets", stop);
        var ports = await neutron.ListAsync($"/v2.0/ports?network_id={id}", "ports", stop);
        bool IsOf(KeyValuePair<string, OwnedCloudObject> pair) => pair.Value.Name.Split('/')[0] == name;
        foreach (var router in Stale("router").Where(IsOf))
            Router(router, ports, neutron);
        var kept = new List<string>();
        foreach (var subnet in Stale("subnet").Where(IsOf))
            Subnet(subnet, subnets, ports, kept, neutron);
        foreach (var segment in Stale("segment").Where(IsOf).Where(_ => kept.Count == 0))
            Remove(segment, segment.Value.Id is { } segmentId ? $"/v2.0/segments/{segmentId}" : null, neutron);
        if (Stale("network").FirstOrDefault(IsOf) is { Key: not null } stale)
            Network(stale, id, ports, kept, neutron);
        else
            Tags(network, [.. Stale("tag").Where(IsOf)], neutron);
    }

    private void Router(KeyValuePair<string, OwnedCloudObject> router, List<JsonObject> ports, RestClient neutron)
    {
        Forget([router]);
        if (router.Value.Id is not { } id)
            return;
        var own = ports.Where(port => CloudInventory.Text(port, "device_id") == id && AdvertisementRouter.IsRouter(port)).ToList();
        plan.Add(new("router", router.Value.Name, "remove"), async stop =>
        {
            foreach (var port in own)
                await neutron.CallAsync(HttpMethod.Put, $"/v2.0/routers/{id}/remove_router_interface", new() { ["port_id"] = CloudInventory.Text(port, "id") }, stop);
            await neutron.DeleteAsync($"/v2.0/routers/{id}", stop);
        });
        ports.RemoveAll(own.Contains);
    }

    private void Subnet(
        KeyValuePair<string, OwnedCloudObject> subnet, List<JsonObject> subnets, List<JsonObject> ports, List<string> kept, RestClient neutron)
    {
        var cidr = subnet.Value.Name[(subnet.Value.Name.IndexOf('/') + 1)..];
        var found = subnets.Find(one => NeutronText.Network(CloudInventory.Text(one, "cidr")) == cidr);
        var id = found is null ? "" : CloudInventory.Text(found, "id");
        var users = ports.Count(port => !IsDhcp(port) && AdvertisementRouter.IsIn(port, id));
        if (users > 0)
        {
            kept.Add(cidr);
            plan.Notes.Add(
                $"The subnet {found!["name"]} ({cidr}) is no longer in undercloud.conf and stays: {users} ports have addresses of it "
                + $"(`openstack port list --fixed-ip subnet={id}`). An install after they are gone removes it.");
            return;
        }

        Remove(subnet, found is not null && (subnet.Value.Id ?? id) == id ? $"/v2.0/subnets/{id}" : null, neutron);
    }

    private void Network(KeyValuePair<string, OwnedCloudObject> network, string id, List<JsonObject> ports, List<string> kept, RestClient neutron)
    {
        if (kept.Count > 0 || ports.Any(port => !IsDhcp(port)))
        {
            plan.Notes.Add($"The network {network.Value.Name} stays: it has ports (`openstack port list --network {id}`).");
            return;
        }

        Forget(Stale("tag"));
        Remove(network, $"/v2.0/networks/{id}", neutron);
    }

    private void Tags(JsonObject network, List<KeyValuePair<string, OwnedCloudObject>> stale, RestClient neutron)
    {
        Forget(stale);
        var there = (network["tags"] as JsonArray ?? []).Select(tag => $"{tag}").ToList();
        var gone = stale.Select(pair => pair.Value.Name[(pair.Value.Name.IndexOf('/') + 1)..]).Intersect(there).ToList();
        if (gone.Count == 0)
            return;
        plan.Add(
            new("tag", $"{network["name"]} {string.Join(", ", gone)}", "remove"),
            stop => neutron.CallAsync(HttpMethod.Put, $"/v2.0/networks/{network["id"]}/tags", NetworkPlan.TagsBody(there.Except(gone)), stop));
    }

    private async Task ComputeAsync(RestClient nova, CancellationToken stop)
    {
        nova.Headers["OpenStack-API-Version"] = ComputePlan.Version;
        var flavors = await ComputePlan.FlavorsAsync(nova, stop);
        var pairs = await ComputePlan.KeyPairsAsync(nova, stop);
        foreach (var stale in Stale("flavor"))
        {
            var id = flavors.Find(found => CloudInventory.Text(found, "name") == stale.Value.Name)?["id"]?.ToString();
            Remove(stale, id is not null && (stale.Value.Id ?? id) == id ? $"/flavors/{Uri.EscapeDataString(id)}" : null, nova);
        }

        foreach (var stale in Stale("key-pair"))
        {
            var print = pairs.Find(found => CloudInventory.Text(found, "name") == stale.Value.Name)?["fingerprint"]?.ToString();
            Remove(stale, print is not null && (stale.Value.Id ?? print) == print ? $"/os-keypairs/{Uri.EscapeDataString(stale.Value.Name)}" : null, nova);
        }
    }

    // Without a path it is gone, or another has taken its name.
    private void Remove(KeyValuePair<string, OwnedCloudObject> stale, string? path, RestClient service)
    {
        Forget([stale]);
        if (path is not null)
            plan.Add(new(stale.Value.Kind, stale.Value.Name, "remove"), stop => service.DeleteAsync(path, stop));
    }

    private void Forget(IEnumerable<KeyValuePair<string, OwnedCloudObject>> objects) =>
        plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.RemoveRange(objects.Select(pair => pair.Key)) };

    private static bool IsDhcp(JsonObject port) => CloudInventory.Text(port, "device_owner") == "network:dhcp";
}
