using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Tests.Node;

public sealed class CloudRoutedNetworkTests : IDisposable
{
    private static readonly CloudSubnet s_local = new("ctlplane-subnet", "192.168.24.0/24", "192.168.24.1")
    {
        Local = true,
        AllocationPools = [new("192.168.24.5", "192.168.24.24")],
    };

    private static readonly CloudSubnet s_leaf = new("leaf1", "192.168.34.0/24", "192.168.34.254")
    {
        AllocationPools = [new("192.168.34.5", "192.168.34.24")],
        HostRoutes = [new("10.0.0.0/8", "192.168.34.254")],
    };

    private readonly CloudHost _node = new();

    private FakeNeutron Neutron => _node.Neutron;

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Routed_networks_have_a_segment_for_each_subnet()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Assert.Equal(["ctlplane", "leaf1"], Neutron.Segments!.Select(segment => Text(segment, "physical_network")));
        Assert.Equal(Neutron.Segments!.Select(segment => Text(segment, "id")), Neutron.Subnets.Select(subnet => Text(subnet, "segment_id")));
        Assert.False((await DoneAsync(Routed(s_local, s_leaf))).Changed);
    }

    [Fact]
    public async Task Routes_that_Neutron_adds_between_segments_are_no_difference()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Assert.Equal(
            """[{"destination":"10.0.0.0/8","nexthop":"192.168.34.254"},{"destination":"192.168.24.0/24","nexthop":"192.168.34.254"}]""",
            Neutron.Subnet("leaf1")["host_routes"]!.ToJsonString());
        Assert.Equal(["update subnet leaf1"], Said(await DoneAsync(Routed(s_local, s_leaf with { HostRoutes = [] }))));
        Assert.False((await DoneAsync(Routed(s_local, s_leaf with { HostRoutes = [] }))).Changed);
    }

    [Fact]
    public async Task A_network_becomes_routed_in_place()
    {
        await DoneAsync(Wanted(s_local));
        var id = Text(Neutron.Subnets[0], "id");
        var result = await DoneAsync(Routed(s_local, s_leaf));
        Assert.Equal(
            ["update subnet ctlplane-subnet", "create segment leaf1", "create subnet leaf1", "create tag ctlplane 192.168.34.0/24"], Said(result));
        Assert.Equal(id, Text(Neutron.Subnet("ctlplane-subnet"), "id"));
    }

    [Fact]
    public async Task A_network_that_becomes_routed_with_another_gateway_gets_no_route_to_itself()
    {
        await DoneAsync(Wanted(s_local));
        Neutron.Writes.Clear();
        var routed = Routed(s_local with { Gateway = "192.168.24.254", HostRoutes = [new("10.0.0.0/8", "192.168.24.254")] }, s_leaf);
        await DoneAsync(routed);
        Assert.Equal(["PUT subnets", "PUT subnets"], Neutron.Writes.Where(write => write.EndsWith(" subnets", StringComparison.Ordinal) && write.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Equal(
            """[{"destination":"10.0.0.0/8","nexthop":"192.168.24.254"},{"destination":"192.168.34.0/24","nexthop":"192.168.24.254"}]""",
            Neutron.Subnet("ctlplane-subnet")["host_routes"]!.ToJsonString());
        Assert.False((await _node.ApplyAsync(routed, check: true)).Changed);
    }

    [Fact]
    public async Task A_route_to_itself_that_Neutron_gave_a_subnet_is_taken_away()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Neutron.Subnet("ctlplane-subnet")["host_routes"]!.AsArray().Add(new JsonObject { ["destination"] = "192.168.24.0/24", ["nexthop"] = "192.168.24.1" });
        await DoneAsync(Routed(s_local, s_leaf));
        Assert.Equal("""[{"destination":"192.168.34.0/24","nexthop":"192.168.24.1"}]""", Neutron.Subnet("ctlplane-subnet")["host_routes"]!.ToJsonString());
    }

    [Fact]
    public async Task An_mtu_that_Neutron_stores_before_its_driver_for_nodes_fails_is_set()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Neutron.DriverFailsAfterStoring = true;
        var result = await DoneAsync(Routed(1400, s_local, s_leaf));
        Assert.Equal(["update network ctlplane"], Said(result));
        Assert.Contains("then failed to tell its agents (update_network_postcommit failed)", Assert.Single(result.Notes));
        Assert.False((await DoneAsync(Routed(1400, s_local, s_leaf))).Changed);
    }

    [Fact]
    public async Task An_mtu_that_Neutron_fails_to_store_is_a_failure()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Neutron.DriverFailsAfterStoring = false;
        var result = await _node.ApplyAsync(Routed(1400, s_local, s_leaf));
        Assert.True(result.Failed);
        Assert.Contains("500", result.Message);
    }

    [Fact]
    public async Task A_subnet_that_left_the_configuration_goes_once_nobody_uses_it()
    {
        await DoneAsync(Routed(s_local, s_leaf));
        Neutron.AddPort(Neutron.Subnet("leaf1"));
        var used = await _node.PruneAsync(Routed(s_local));
        Assert.False(used.Failed, used.Message);
        Assert.Contains("leaf1 (192.168.34.0/24) is no longer in undercloud.conf and stays: 1 ports", Assert.Single(used.Notes));
        Assert.Equal(2, Neutron.Subnets.Count);

        Neutron.Ports.Clear();
        Neutron.AddPort(Neutron.Subnet("leaf1"), "network:dhcp");
        var freed = await _node.PruneAsync(Routed(s_local));
        Assert.Equal(["remove subnet ctlplane/192.168.34.0/24", "remove segment ctlplane/leaf1"], Said(freed));
        Assert.Equal("ctlplane-subnet", Text(Neutron.Subnets.Single(), "name"));
        Assert.Single(Neutron.Segments!);
        Assert.False((await _node.PruneAsync(Routed(s_local))).Changed);
    }

    private static CloudResources Wanted(params CloudSubnet[] subnets) => new() { Networks = [new("ctlplane", "ctlplane", 1500) { Subnets = subnets }] };

    private static CloudResources Routed(params CloudSubnet[] subnets) => Routed(1500, subnets);

    private static CloudResources Routed(int mtu, params CloudSubnet[] subnets) =>
        new() { Networks = [new("ctlplane", "ctlplane", mtu) { Routed = true, Subnets = subnets }] };

    private static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    private static IEnumerable<string> Said(NodeResult result) => result.Changes.Select(change => $"{change.Action} {change.Kind} {change.Name}");

    private async Task<NodeResult> DoneAsync(CloudResources wanted)
    {
        var result = await _node.ApplyAsync(wanted);
        Assert.False(result.Failed, result.Message);
        return result;
    }
}
