using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>
/// The router that advertises an IPv6 subnet's prefix, without which no node makes itself an address. With routed networks that is for the
/// routers there are.
/// </summary>
internal sealed class AdvertisementRouter(AgentPlan plan, CloudNetwork network, NetworkInventory inventory, RestClient neutron)
{
    private readonly CloudOwnership _ownership = new(plan);
    private readonly List<JsonObject> _ports = [];
    private readonly List<JsonObject> _routers = [];

    /// <summary>The subnet that needs one; null when none does.</summary>
    public static CloudSubnet? SubnetOf(CloudNetwork network) =>
        network.Routed ? null : network.Subnets.FirstOrDefault(subnet => subnet.Local && subnet.Ipv6AddressMode is not null);

    /// <summary>Reads the routers and ports.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        if (SubnetOf(network) is not { } subnet)
            return;
        _routers.AddRange(await neutron.ListAsync($"/v2.0/routers?name={Uri.EscapeDataString(subnet.Name)}", "routers", stop));
        if (inventory.Network is not null)
            _ports.AddRange(await neutron.ListAsync($"/v2.0/ports?network_id={inventory.NetworkId}", "ports", stop));
    }

    /// <summary>Plans the router and its port, unless a router has one in the subnet already.</summary>
    public void Add()
    {
        if (SubnetOf(network) is not { } subnet)
            return;
        var key = CloudKey.Router(network.Name, subnet.Cidr);
        if (_routers is [var found, ..])
            _ownership.Adopt(key, CloudInventory.Text(found, "id"));
        if (inventory.Subnet(subnet.Cidr) is { } there && _ports.Any(port => IsRouter(port) && IsIn(port, CloudInventory.Text(there, "id"))))
            return;
        if (_routers.Count == 0)
        {
            _ownership.Own(key, id: null);
            plan.Add(new("router", subnet.Name, "create"), async running =>
            {
                _routers.Add(await neutron.CreateAsync("/v2.0/routers", "router", new() { ["name"] = subnet.Name }, running));
                _ownership.Own(key, CloudInventory.Text(_routers[0], "id"));
            });
        }

        plan.Add(new("router", subnet.Name, "update", $"gets a port in {subnet.Cidr}"), running => AttachAsync(subnet, running));
    }

    /// <summary>Whether a port is a router's.</summary>
    public static bool IsRouter(JsonObject port) => CloudInventory.Text(port, "device_owner").StartsWith("network:router_interface", StringComparison.Ordinal);

    /// <summary>Whether a port has an address in a subnet.</summary>
    public static bool IsIn(JsonObject port, string subnetId) =>
        (port["fixed_ips"] as JsonArray ?? []).Any(address => address?["subnet_id"]?.ToString() == subnetId);

    // Given the subnet alone, the router would take the gateway's address, which is often the undercloud's own.
    private async Task AttachAsync(CloudSubnet subnet, CancellationToken stop)
    {
        var name = $"{subnet.Name}-advertisements";
        var port = _ports.Find(one => CloudInventory.Text(one, "name") == name)
            ?? await neutron.CreateAsync("/v2.0/ports", "port", new()
            {
                ["name"] = name,
                ["network_id"] = inventory.NetworkId,
                ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = inventory.Subnet(subnet.Cidr)?["id"]?.ToString() }),
            }, stop);
        await neutron.CallAsync(
            HttpMethod.Put, $"/v2.0/routers/{_routers[0]["id"]}/add_router_interface", new() { ["port_id"] = CloudInventory.Text(port, "id") }, stop);
    }
}
