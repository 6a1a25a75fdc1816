using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out what has to be made or changed of one network at Neutron. Nothing is ever deleted to be made again.</summary>
internal sealed class NetworkPlan(AgentPlan plan, CloudNetwork wanted, NetworkInventory inventory, RestClient neutron)
{
    private readonly CloudOwnership _ownership = new(plan);

    /// <summary>Plans the network, its segments and its subnets, the local ones first.</summary>
    public void Add()
    {
        if (wanted.Routed && inventory.Segments is null)
        {
            plan.Refusals.Add($"Routed networks need Neutron's plugin for segments, which it does not have: add segments to NeutronServicePlugins.");
            return;
        }

        Network();
        foreach (var subnet in wanted.Subnets)
        {
            Segment(subnet);
            Subnet(subnet);
        }

        Tags();
    }

    private void Network()
    {
        var key = CloudKey.Network(wanted.Name);
        if (inventory.Network is not { } found)
        {
            _ownership.Own(key, id: null);
            plan.Add(new("network", wanted.Name, "create"), CreateNetworkAsync);
            return;
        }

        _ownership.Adopt(key, inventory.NetworkId);
        if (!NetworkInventory.IsOn(found, wanted.PhysicalNetwork))
        {
            plan.Refusals.Add(
                $"The network {wanted.Name} at Neutron is on the physical network {string.Join(", ", NetworkInventory.PhysicalNetworks(found))}, "
                + $"not {wanted.PhysicalNetwork}, and that cannot be changed: rename it, so that one can be made.");
        }
        else if (CloudInventory.Text(found, "mtu") is var mtu && mtu != $"{wanted.Mtu}")
        {
            plan.Add(
                new("network", wanted.Name, "update", $"mtu {wanted.Mtu}, was {mtu}"),
                Refused($"to give the network {wanted.Name} the MTU {wanted.Mtu}", "local_mtu in undercloud.conf may be as large as NeutronGlobalPhysnetMtu.",
                    stop => SetMtuAsync(found, stop)));
        }
    }

    // Images from elsewhere and of before have a driver for nodes that fails once a change of a network with several segments is stored
    // (images/neutron.yaml mends it): Neutron answers 500 and has not told its agents.
    private async Task SetMtuAsync(JsonObject found, CancellationToken stop)
    {
        var path = $"/v2.0/networks/{inventory.NetworkId}";
        try
        {
            await PutAsync(path, "network", new() { ["mtu"] = wanted.Mtu }, stop);
        }
        catch (CloudException exception) when (exception.Status == HttpStatusCode.InternalServerError && found["segments"] is JsonArray { Count: > 1 })
        {
            var network = (await neutron.CallAsync(HttpMethod.Get, path, null, stop))?["network"] as JsonObject ?? [];
            if (CloudInventory.Text(network, "mtu") != $"{wanted.Mtu}")
                throw;
            plan.Notes.Add(
                $"Neutron has given the network {wanted.Name} the MTU {wanted.Mtu} and then failed to tell its agents ({exception.Explanation?.TrimEnd('.')}): ports that "
                + "are there keep their MTU until neutron_ovs_agent is restarted. `undercloud upgrade` brings an image in which this is mended.");
        }
    }

    private Task CreateNetworkAsync(CancellationToken stop) => Refused(
        $"to make the network {wanted.Name}",
        $"If another network has the physical network {wanted.PhysicalNetwork} (`openstack network list --provider-physical-network {wanted.PhysicalNetwork}`), "
            + $"rename it to {wanted.Name} or delete it.",
        async running =>
        {
            inventory.Network = await neutron.CreateAsync("/v2.0/networks", "network", new()
            {
                ["name"] = wanted.Name,
                ["provider:network_type"] = "flat",
                ["provider:physical_network"] = wanted.PhysicalNetwork,
                ["mtu"] = wanted.Mtu,
            }, running);
            _ownership.Own(CloudKey.Network(wanted.Name), inventory.NetworkId);
            await inventory.ReadSegmentsAsync(neutron, running);
        })(stop);

    private string PhysicalNetwork(CloudSubnet subnet) => subnet.Local ? wanted.PhysicalNetwork : subnet.Name;

    // The local segment comes with the network; only its name is ours to give.
    private void Segment(CloudSubnet subnet)
    {
        var physical = PhysicalNetwork(subnet);
        if (inventory.Network is null ? subnet.Local : inventory.Segment(physical) is not null)
            NameSegment(subnet, physical);
        else if (inventory.Segments is not null && !subnet.Local)
            CreateSegment(subnet, physical);
    }

    private void NameSegment(CloudSubnet subnet, string physical)
    {
        if (!subnet.Local)
            _ownership.Adopt(CloudKey.Segment(wanted.Name, physical), CloudInventory.Text(inventory.Segment(physical)!, "id"));
        var was = inventory.Segment(physical) is { } found ? CloudInventory.Text(found, "name") : "";
        if (was == subnet.Name)
            return;
        plan.Add(new("segment", subnet.Name, "update", was.Length > 0 ? $"was named {was}" : "had no name"), async stop =>
        {
            if (inventory.Segment(physical) is { } segment)
                await PutAsync($"/v2.0/segments/{segment["id"]}", "segment", new() { ["name"] = subnet.Name }, stop);
        });
    }

    private void CreateSegment(CloudSubnet subnet, string physical)
    {
        var key = CloudKey.Segment(wanted.Name, physical);
        _ownership.Own(key, id: null);
        plan.Add(
            new("segment", subnet.Name, "create"),
            Refused($"to make the segment {subnet.Name}", "Its name is also its physical network's, which no other network may have.", async stop =>
            {
                var made = await neutron.CreateAsync("/v2.0/segments", "segment", new()
                {
                    ["name"] = subnet.Name,
                    ["network_id"] = inventory.NetworkId,
                    ["physical_network"] = physical,
                    ["network_type"] = "flat",
                }, stop);
                inventory.Segments!.Add(made);
                _ownership.Own(key, CloudInventory.Text(made, "id"));
            }));
    }

    private void Subnet(CloudSubnet subnet)
    {
        var key = CloudKey.Subnet(wanted.Name, subnet.Cidr);
        if (inventory.Subnet(subnet.Cidr) is { } found)
        {
            _ownership.Adopt(key, CloudInventory.Text(found, "id"));
            UpdateSubnet(subnet, found);
        }
        else if (inventory.Subnets.Find(other => CloudInventory.Text(other, "name") == subnet.Name) is { } same)
        {
            plan.Refusals.Add(
                $"The subnet {subnet.Name} at Neutron has the network {same["cidr"]}, not {subnet.Cidr}, and that cannot be changed. Set it back in "
                + $"undercloud.conf; or, once no node has an address of it (`openstack port list --network {wanted.Name}`), delete it with "
                + $"`openstack subnet delete {same["id"]}` and install again.");
        }
        else
        {
            _ownership.Own(key, id: null);
            plan.Add(
                new("subnet", subnet.Name, "create"),
                Refused($"to make the subnet {subnet.Name} ({subnet.Cidr})",
                    $"Compare its section in undercloud.conf with `openstack subnet list --network {wanted.Name}`.", async stop =>
                    {
                        var segment = wanted.Routed ? SegmentId(subnet) : null;
                        var made = await neutron.CreateAsync("/v2.0/subnets", "subnet", SubnetFields.New(subnet, inventory.NetworkId, segment), stop);
                        inventory.Subnets.Add(made);
                        _ownership.Own(key, CloudInventory.Text(made, "id"));
                    }));
        }
    }

    private void UpdateSubnet(CloudSubnet subnet, JsonObject found)
    {
        if (subnet.Ipv6AddressMode is { } mode && CloudInventory.Text(found, "ipv6_address_mode") is var other && other != mode)
        {
            plan.Refusals.Add(
                $"The subnet {subnet.Name} at Neutron has the IPv6 address mode '{other}', not {mode}, and that cannot be changed. Set ipv6_address_mode "
                + $"back; or, once no node has an address of it, delete it with `openstack subnet delete {found["id"]}` and install again.");
            return;
        }

        var others = inventory.Subnets.Where(other => other != found).Select(other => NeutronText.Network(CloudInventory.Text(other, "cidr"))).ToHashSet();
        var differing = SubnetFields.Of(subnet, found, others).Where(field => field.Text != field.Found).ToList();
        var moves = wanted.Routed && CloudInventory.Text(found, "segment_id").Length == 0;
        if (differing.Count == 0 && !moves)
            return;
        var reasons = differing.Select(field => $"{field.Name} {Shown(field.Text)}, was {Shown(field.Found)}").Concat(moves ? ["is on no segment"] : []);
        plan.Add(
            new("subnet", subnet.Name, "update", string.Join("; ", reasons)),
            Refused($"to change the subnet {subnet.Name} ({string.Join(", ", differing.Select(field => field.Name))})",
                $"Mend its section in undercloud.conf; `openstack port list --network {wanted.Name}` says who has its addresses.", async stop =>
                {
                    var path = $"/v2.0/subnets/{found["id"]}";
                    var fields = new JsonObject();
                    foreach (var field in differing)
                        fields[field.Name] = field.Value();
                    if (fields.Count > 0)
                        await PutAsync(path, "subnet", fields, stop);

                    // On its own: with a new gateway or new routes beside it, Neutron takes the subnet for another one than that on the segment, and gives
                    // it a route to itself (SegmentHostRoutes.host_routes_before_update in neutron/services/segments/plugin.py).
                    if (moves)
                        await PutAsync(path, "subnet", new() { ["segment_id"] = SegmentId(subnet) }, stop);
                }));
    }

    private string SegmentId(CloudSubnet subnet) => inventory.Segment(PhysicalNetwork(subnet)) is { } segment
        ? CloudInventory.Text(segment, "id")
        : throw new CloudException($"The network {wanted.Name} has no segment on {PhysicalNetwork(subnet)}.");

    // tripleo-heat-templates' extraconfig/post_deploy/undercloud_ctlplane_network.py: an overcloud's templates read the networks from the tags.
    private void Tags()
    {
        var there = (inventory.Network?["tags"] as JsonArray ?? []).Select(tag => $"{tag}").ToList();
        var missing = wanted.Subnets.Select(subnet => subnet.Cidr).Except(there).ToList();
        foreach (var tag in wanted.Subnets.Select(subnet => subnet.Cidr))
        {
            if (missing.Contains(tag))
                _ownership.Own(CloudKey.Tag(wanted.Name, tag), id: null);
        }

        if (missing.Count > 0)
        {
            plan.Add(
                new("tag", $"{wanted.Name} {string.Join(", ", missing)}", "create"),
                stop => neutron.CallAsync(HttpMethod.Put, $"/v2.0/networks/{inventory.NetworkId}/tags", TagsBody(there.Concat(missing)), stop));
        }
    }

    /// <summary>All tags of a network, as they are set together.</summary>
    public static JsonObject TagsBody(IEnumerable<string> tags) => new() { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) };

    private static string Shown(string text) => text.Length > 0 ? text : "none";

    private async Task PutAsync(string path, string resource, JsonObject fields, CancellationToken stop) =>
        await neutron.CallAsync(HttpMethod.Put, path, new() { [resource] = fields }, stop);

    private Func<CancellationToken, Task> Refused(string what, string remedy, Func<CancellationToken, Task> act) =>
        CloudRefusal.Explained(neutron.Service, what, remedy, act);
}
