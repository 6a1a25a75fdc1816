using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using static Undercloud.Tests.Node.ControlPlane;

namespace Undercloud.Tests.Node;

public sealed class CloudRoutedNetworkTests : IDisposable
{
    private readonly CloudHost _node = new();

    private FakeNeutron Neutron => _node.Neutron;

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Routed_networks_have_a_segment_for_each_subnet()
    {
        await DoneAsync(Routed(Local, Leaf));
        Assert.Equal(["ctlplane", "leaf1"], Neutron.Segments!.Select(segment => Text(segment, "physical_network")));
        Assert.Equal(Neutron.Segments!.Select(segment => Text(segment, "id")), Neutron.Subnets.Select(subnet => Text(subnet, "segment_id")));
        Assert.False((await DoneAsync(Routed(Local, Leaf))).Changed);
    }

    [Fact]
    public async Task Routes_that_Neutron_adds_between_segments_are_no_difference()
    {
        await DoneAsync(Routed(Local, Leaf));
        Assert.Equal(
            """[{"destination":"10.0.0.0/8","nexthop":"192.168.34.254"},{"destination":"192.168.24.0/24","nexthop":"192.168.34.254"}]""",
            Neutron.Subnet("leaf1")["host_routes"]!.ToJsonString());
        Assert.Equal(["update subnet leaf1"], Said(await DoneAsync(Routed(Local, Leaf with { HostRoutes = [] }))));
        Assert.False((await DoneAsync(Routed(Local, Leaf with { HostRoutes = [] }))).Changed);
    }

    [Fact]
    public async Task A_network_becomes_routed_in_place()
    {
        await DoneAsync(Wanted(Local));
        var id = Text(Neutron.Subnets[0], "id");
        var result = await DoneAsync(Routed(Local, Leaf));
        Assert.Equal(
            ["update subnet ctlplane-subnet", "create segment leaf1", "create subnet leaf1", "create tag ctlplane 192.168.34.0/24"], Said(result));
        Assert.Equal(id, Text(Neutron.Subnet("ctlplane-subnet"), "id"));
    }

    [Fact]
    public async Task A_network_that_becomes_routed_with_another_gateway_gets_no_route_to_itself()
    {
        await DoneAsync(Wanted(Local));
        Neutron.Writes.Clear();
        var routed = Routed(Local with { Gateway = "192.168.24.254", HostRoutes = [new("10.0.0.0/8", "192.168.24.254")] }, Leaf);
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
        await DoneAsync(Routed(Local, Leaf));
        Neutron.Subnet("ctlplane-subnet")["host_routes"]!.AsArray().Add(new JsonObject { ["destination"] = "192.168.24.0/24", ["nexthop"] = "192.168.24.1" });
        await DoneAsync(Routed(Local, Leaf));
        Assert.Equal("""[{"destination":"192.168.34.0/24","nexthop":"192.168.24.1"}]""", Neutron.Subnet("ctlplane-subnet")["host_routes"]!.ToJsonString());
    }

    [Fact]
    public async Task An_mtu_that_Neutron_stores_before_its_driver_for_nodes_fails_is_set()
    {
        await DoneAsync(Routed(Local, Leaf));
        Neutron.DriverFailsAfterStoring = true;
        var result = await DoneAsync(Routed(1400, Local, Leaf));
        Assert.Equal(["update network ctlplane"], Said(result));
        Assert.Contains("then failed to tell its agents (update_network_postcommit failed)", Assert.Single(result.Notes));
        Assert.False((await DoneAsync(Routed(1400, Local, Leaf))).Changed);
    }

    [Fact]
    public async Task An_mtu_that_Neutron_fails_to_store_is_a_failure()
    {
        await DoneAsync(Routed(Local, Leaf));
        Neutron.DriverFailsAfterStoring = false;
        var result = await _node.ApplyAsync(Routed(1400, Local, Leaf));
        Assert.True(result.Failed);
        Assert.Contains("500", result.Message);
    }

    [Fact]
    public async Task A_subnet_that_left_the_configuration_goes_once_nobody_uses_it()
    {
        await DoneAsync(Routed(Local, Leaf));
        Neutron.AddPort(Neutron.Subnet("leaf1"));
        var used = await _node.PruneAsync(Routed(Local));
        Assert.False(used.Failed, used.Message);
        Assert.Contains("leaf1 (192.168.34.0/24) is no longer in undercloud.conf and stays: 1 ports", Assert.Single(used.Notes));
        Assert.Equal(2, Neutron.Subnets.Count);

        Neutron.Ports.Clear();
        Neutron.AddPort(Neutron.Subnet("leaf1"), "network:dhcp");
        var freed = await _node.PruneAsync(Routed(Local));
        Assert.Equal(["remove subnet ctlplane/192.168.34.0/24", "remove segment ctlplane/leaf1"], Said(freed));
        Assert.Equal("ctlplane-subnet", Text(Neutron.Subnets.Single(), "name"));
        Assert.Single(Neutron.Segments!);
        Assert.False((await _node.PruneAsync(Routed(Local))).Changed);
    }

    private Task<NodeResult> DoneAsync(CloudResources wanted) => _node.DoneAsync(wanted);
}
