using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using static Undercloud.Tests.Node.ControlPlane;

namespace Undercloud.Tests.Node;

public sealed class CloudNetworkTests : IDisposable
{
    private static readonly CloudSubnet s_ipv6 = new("ctlplane-subnet", "fd12::/64", "fd12::1")
    {
        Local = true,
        Ipv6AddressMode = "dhcpv6-stateless",
        AllocationPools = [new("fd12::10", "fd12::ffff")],
    };

    private readonly CloudHost _node = new();

    private FakeNeutron Neutron => _node.Neutron;

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task The_network_with_its_segment_and_subnet_is_made_once()
    {
        var wanted = Wanted(Local) with { Quotas = [new("network", "subnet", -1), new("network", "port", -1)] };
        await DoneAsync(wanted);
        var network = Assert.Single(Neutron.Networks);
        Assert.Equal(("flat", "ctlplane", "1500"), (Text(network, "provider:network_type"), Text(network, "provider:physical_network"), Text(network, "mtu")));
        Assert.Equal("ctlplane-subnet", Text(Assert.Single(Neutron.Segments!), "name"));
        Assert.Equal("[\"192.168.24.0/24\"]", network["tags"]!.ToJsonString());
        var subnet = Assert.Single(Neutron.Subnets);
        Assert.Equal("""[{"start":"192.168.24.5","end":"192.168.24.24"}]""", subnet["allocation_pools"]!.ToJsonString());
        Assert.Equal(("true", "4", ""), (Text(subnet, "enable_dhcp"), Text(subnet, "ip_version"), Text(subnet, "segment_id")));
        Assert.Equal(("-1", "100"), (Text(Neutron.Quota, "subnet"), Text(Neutron.Quota, "network")));

        Neutron.Writes.Clear();
        _node.Cloud.Requests = 0;
        Assert.False((await DoneAsync(wanted)).Changed);
        Assert.Empty(Neutron.Writes);
        Assert.Equal(5, _node.Cloud.Requests);
    }

    [Fact]
    public async Task A_changed_section_changes_the_subnet_in_place_with_one_request()
    {
        await DoneAsync(Wanted(Local));
        var id = Text(Neutron.Subnet("ctlplane-subnet"), "id");
        Neutron.Writes.Clear();

        // The new pool holds the old gateway, the old pool the new one: no order of two requests would do.
        var changed = Local with
        {
            Gateway = "192.168.24.10",
            AllocationPools = [new("192.168.24.1", "192.168.24.4"), new("192.168.24.30", "192.168.24.40")],
            DnsNameservers = ["192.168.24.9", "1.1.1.1"],
            HostRoutes = [new("10.0.0.0/8", "192.168.24.10")],
        };
        var result = await DoneAsync(Wanted(changed));
        Assert.Equal(["PUT subnets"], Neutron.Writes);
        Assert.Equal(
            "gateway_ip 192.168.24.10, was 192.168.24.1; dns_nameservers 192.168.24.9, 1.1.1.1, was none; host_routes 10.0.0.0/8 via 192.168.24.10, was none; "
            + "allocation_pools 192.168.24.1-192.168.24.4, 192.168.24.30-192.168.24.40, was 192.168.24.5-192.168.24.24",
            Assert.Single(result.Changes).Reason);
        var subnet = Neutron.Subnet("ctlplane-subnet");
        Assert.Equal((id, "192.168.24.10"), (Text(subnet, "id"), Text(subnet, "gateway_ip")));
        Assert.False((await DoneAsync(Wanted(changed))).Changed);

        await DoneAsync(Wanted(Local));
        Assert.Equal("[]", Neutron.Subnet("ctlplane-subnet")["host_routes"]!.ToJsonString());
    }

    [Fact]
    public async Task Order_and_way_of_writing_are_no_difference()
    {
        var section = Local with { AllocationPools = [new("192.168.24.50", "192.168.24.60"), new("192.168.24.5", "192.168.24.24")] };
        await DoneAsync(Wanted(section));
        Neutron.Subnet("ctlplane-subnet")["allocation_pools"]!.AsArray().Add(Neutron.Subnet("ctlplane-subnet")["allocation_pools"]![0]!.DeepClone());
        Neutron.Subnet("ctlplane-subnet")["allocation_pools"]!.AsArray().RemoveAt(0);
        Assert.False((await DoneAsync(Wanted(section))).Changed);
    }

    [Fact]
    public async Task A_preview_says_what_would_change_and_changes_nothing()
    {
        var first = await _node.ApplyAsync(Wanted(Local), check: true);
        Assert.Equal(["create network ctlplane", "update segment ctlplane-subnet", "create subnet ctlplane-subnet", "create tag ctlplane 192.168.24.0/24"], Said(first));
        Assert.Empty(Neutron.Networks);
        await DoneAsync(Wanted(Local));
        Neutron.Writes.Clear();
        var later = await _node.ApplyAsync(Wanted(Local with { DnsNameservers = ["1.1.1.1"] }), check: true);
        Assert.Equal(["update subnet ctlplane-subnet"], Said(later));
        Assert.Empty(Neutron.Writes);
    }

    [Fact]
    public async Task What_an_operator_added_stays()
    {
        await DoneAsync(Wanted(Local));
        Neutron.Networks[0]["tags"]!.AsArray().Add("mine");
        Neutron.Networks[0]["description"] = "mine";
        Neutron.Subnets.Add(new() { ["id"] = "theirs", ["name"] = "own", ["network_id"] = Neutron.Networks[0]["id"]!.ToString(), ["cidr"] = "10.9.0.0/24" });
        var result = await DoneAsync(Wanted(Local with { DnsNameservers = ["1.1.1.1"] }));
        Assert.Equal(["update subnet ctlplane-subnet"], Said(result));
        Assert.False((await _node.PruneAsync(Wanted(Local))).Changed);
        Assert.Equal("[\"192.168.24.0/24\",\"mine\"]", Neutron.Networks[0]["tags"]!.ToJsonString());
        Assert.Equal(2, Neutron.Subnets.Count);
    }

    [Fact]
    public async Task A_segment_with_another_name_and_a_subnet_with_another_are_renamed()
    {
        await DoneAsync(Wanted(Local));
        await DoneAsync(Wanted(Local with { Name = "renamed" }));
        Assert.Equal(("renamed", "renamed"), (Text(Neutron.Subnets.Single(), "name"), Text(Neutron.Segments!.Single(), "name")));
        Assert.False((await _node.PruneAsync(Wanted(Local with { Name = "renamed" }))).Changed);
    }

    [Fact]
    public async Task A_network_that_is_no_longer_wanted_goes_unless_it_is_in_use()
    {
        await DoneAsync(Wanted(Local));
        Neutron.AddPort(Neutron.Subnets[0]);
        Assert.Contains("ctlplane stays", (await _node.PruneAsync(new())).Notes[^1]);
        Assert.Single(Neutron.Networks);
        Neutron.Ports.Clear();
        await _node.PruneAsync(new());
        Assert.Empty(Neutron.Networks);
        Assert.Empty(new OwnedStore(_node.Host.Layout).Load().Cloud);
    }

    [Fact]
    public async Task A_network_that_was_there_is_used_and_never_removed()
    {
        Neutron.Networks.Add(new() { ["id"] = "n1", ["name"] = "ctlplane", ["project_id"] = Neutron.Project, ["provider:physical_network"] = "ctlplane", ["mtu"] = 1400 });
        await DoneAsync(Wanted(Local));
        Assert.Equal("1500", Text(Assert.Single(Neutron.Networks), "mtu"));
        await _node.PruneAsync(new());
        Assert.Single(Neutron.Networks);
    }

    [Fact]
    public async Task Another_projects_network_of_the_name_is_not_meant()
    {
        Neutron.Networks.Add(new() { ["id"] = "n1", ["name"] = "ctlplane", ["project_id"] = "theirs", ["provider:physical_network"] = "other" });
        await DoneAsync(Wanted(Local));
        Assert.Equal(2, Neutron.Networks.Count);
    }

    [Fact]
    public async Task Another_network_of_a_subnet_is_refused_with_what_to_do()
    {
        await DoneAsync(Wanted(Local));
        Neutron.Writes.Clear();
        var moved = Local with { Cidr = "192.168.25.0/24", Gateway = "192.168.25.1", AllocationPools = [] };
        var result = await _node.ApplyAsync(Wanted(moved));
        Assert.True(result.Failed);
        Assert.Contains("The subnet ctlplane-subnet at Neutron has the network 192.168.24.0/24, not 192.168.25.0/24, and that cannot be changed.", result.Message);
        Assert.Contains("openstack subnet delete", result.Message);
        Assert.Empty(Neutron.Writes);
    }

    [Fact]
    public async Task What_Neutron_refuses_names_the_subnet_and_a_remedy()
    {
        await DoneAsync(Wanted(Local));
        var result = await _node.ApplyAsync(Wanted(Local with { Gateway = "192.168.24.10" }));
        Assert.True(result.Failed);
        Assert.Equal(
            "Neutron refuses to change the subnet ctlplane-subnet (gateway_ip): Gateway ip 192.168.24.10 conflicts with allocation pool "
            + "192.168.24.5-192.168.24.24. Mend its section in undercloud.conf; `openstack port list --network ctlplane` says who has its addresses.",
            result.Message);
    }

    [Fact]
    public async Task A_physical_network_that_another_has_is_explained()
    {
        Neutron.Segments!.Add(new() { ["id"] = "s1", ["physical_network"] = "ctlplane", ["network_id"] = "other" });
        var result = await _node.ApplyAsync(Wanted(Local));
        Assert.Contains("Neutron refuses to make the network ctlplane: Unable to create the flat network", result.Message);
        Assert.Contains("rename it to ctlplane", result.Message);
    }

    [Fact]
    public async Task An_mtu_that_Neutron_does_not_allow_is_explained()
    {
        await DoneAsync(Wanted(Local));
        var result = await _node.ApplyAsync(Wanted(1600, Local));
        Assert.Contains("maximum is 1500. local_mtu in undercloud.conf", result.Message);
    }

    [Fact]
    public async Task Without_the_plugin_for_segments_there_is_a_network_but_no_routed_one()
    {
        Neutron.Segments = null;
        await DoneAsync(Wanted(Local));
        Assert.False((await DoneAsync(Wanted(Local))).Changed);
        Assert.Contains("add segments to NeutronServicePlugins", (await _node.ApplyAsync(Routed(Local, Leaf))).Message);
    }

    [Fact]
    public async Task An_IPv6_subnet_has_its_modes_and_a_router_that_advertises_it()
    {
        await DoneAsync(Wanted(s_ipv6));
        var subnet = Neutron.Subnets.Single();
        Assert.Equal(("6", "dhcpv6-stateless", "dhcpv6-stateless"), (Text(subnet, "ip_version"), Text(subnet, "ipv6_ra_mode"), Text(subnet, "ipv6_address_mode")));
        var router = Text(Assert.Single(Neutron.Routers), "id");
        Assert.Equal(router, Text(Assert.Single(Neutron.Ports), "device_id"));
        Assert.False((await DoneAsync(Wanted(s_ipv6))).Changed);
        Assert.Contains("address mode 'dhcpv6-stateless', not dhcpv6-stateful", (await _node.ApplyAsync(Wanted(s_ipv6 with { Ipv6AddressMode = "dhcpv6-stateful" }))).Message);

        await _node.PruneAsync(new());
        Assert.Empty(Neutron.Routers);
        Assert.Empty(Neutron.Networks);
    }

    [Fact]
    public async Task With_routed_networks_the_routers_there_are_advertise()
    {
        await DoneAsync(Routed(s_ipv6));
        Assert.Empty(Neutron.Routers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupted_run_is_continued_and_everything_is_owned(bool ipv6)
    {
        var wanted = ipv6 ? Wanted(s_ipv6) : Routed(Local, Leaf);
        for (var writes = 0; writes < 9; writes++)
        {
            Neutron.WritesLeft = 1;
            await _node.ApplyAsync(wanted);
        }

        Neutron.WritesLeft = int.MaxValue;
        Assert.False((await DoneAsync(wanted)).Changed);
        Assert.Equal((1, ipv6 ? 1 : 2, ipv6 ? 1 : 0), (Neutron.Networks.Count, Neutron.Subnets.Count, Neutron.Ports.Count));
        await _node.PruneAsync(new());
        Assert.Empty(Neutron.Networks);
    }

    [Fact]
    public async Task A_service_that_is_switched_off_is_not_waited_for_and_what_is_there_stays_ours()
    {
        await DoneAsync(Wanted(Local));
        Neutron.Off = true;
        var preview = await _node.ApplyAsync(Wanted(Local), check: true);
        Assert.False(preview.Failed, preview.Message);
        Assert.Contains("Neutron does not answer", Assert.Single(preview.Notes));
        Assert.Contains("Does Neutron run there?", (await _node.ApplyAsync(Wanted(Local))).Message);
    }

    [Fact]
    public async Task Without_Neutron_in_the_catalogue_nothing_is_made()
    {
        _node.Cloud.Keystone.Objects["endpoints"].Clear();
        var result = await DoneAsync(Wanted(Local));
        Assert.False(result.Changed);
        Assert.Contains("no internal endpoint of the type network", Assert.Single(result.Notes));
    }

    private Task<NodeResult> DoneAsync(CloudResources wanted) => _node.DoneAsync(wanted);
}
