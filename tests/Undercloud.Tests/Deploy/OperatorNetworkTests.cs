using Undercloud.Config;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Deploy;

/// <summary>net_config_override and net-config-noop.yaml: from a file to the plan's network.</summary>
public sealed class OperatorNetworkTests
{
    // Red Hat's and instack-undercloud's: the default, written out.
    private const string OneInterface = """
        {
          "network_config": [
            {
              "type": "ovs_bridge",
              "name": "br-ctlplane",
              "ovs_extra": ["br-set-external-id br-ctlplane bridge-id br-ctlplane"],
              "members": [
                {"type": "interface", "name": "{{LOCAL_INTERFACE}}", "primary": "true", "mtu": {{LOCAL_MTU}}, "dns_servers": {{UNDERCLOUD_NAMESERVERS}}}
              ],
              "addresses": [{"ip_netmask": "{{LOCAL_IP}}"}],
              "routes": {{SUBNETS_STATIC_ROUTES}},
              "mtu": {{LOCAL_MTU}}
            }
          ]
        }
        """;

    [Fact]
    public void The_documents_bridge_with_one_interface_is_the_usual_network()
    {
        var (usual, own) = (Network(CollectionPlan.Inputs(Nameserver)), Network(CollectionPlan.Inputs(Nameserver) with { NetConfig = new("net.json", OneInterface) }));
        Assert.Equal(Text(usual), Text(own));
        Assert.Equal(["192.0.2.53"], own.Nameservers);
        Assert.Null(own.ExpectedAddress);
        Assert.Null(own.ExpectedBridge);
    }

    [Fact]
    public void The_documents_bond_of_two_is_a_bond_in_the_bridge()
    {
        var network = Yaml("""
            network_config:
            - type: ovs_bridge
              name: br-ctlplane
              addresses: [{ip_netmask: {{LOCAL_IP}}}]
              members:
              - type: ovs_bond
                name: bond1
                mtu: 9000
                ovs_options: bond_mode=active-backup other_config:bond-detect-mode=miimon
                members:
                - {type: interface, name: em1}
                - {type: interface, name: em2, primary: true}
            """);
        var bridge = Assert.Single(network.Bridges, bridge => bridge.Name == "br-ctlplane");
        var bond = Assert.Single(bridge.Bonds);
        Assert.Equal(("bond1", "em2 em1", "bond_mode=active-backup other_config:bond-detect-mode=miimon"), (bond.Name, string.Join(' ', bond.Members), string.Join(' ', bond.Settings)));
        Assert.Equal("em1 mtu 9000 | em2 mtu 9000 | br-ctlplane 192.168.24.1/24", Interfaces(network));
        Assert.Contains("netdev", bridge.Datapath);
    }

    [Fact]
    public void A_file_that_bridges_no_port_leaves_local_interface_alone()
    {
        var result = Plan(new("net.yaml", "network_config:\n- type: ovs_bridge\n  name: br-ctlplane\n  addresses:\n  - ip_netmask: {{LOCAL_IP}}\n"));
        var network = result.Plan!.Nodes[0].Manifest.Network;
        Assert.All(network.Bridges, bridge => Assert.Empty(bridge.Ports));
        Assert.Equal("br-ctlplane 192.168.24.1/24", Interfaces(network));
        Assert.DoesNotContain("eth1", result.TextFile("firewall.nft").Content);
        Assert.DoesNotContain("CFG005", string.Join(' ', result.Findings()));
    }

    [Fact]
    public void Kernel_bridge_bond_vlans_and_routes_are_mapped()
    {
        var network = Yaml("""
            network_config:
            - type: ovs_bridge
              name: br-ctlplane
              addresses: [{ip_netmask: {{LOCAL_IP}}}]
              members:
              - {type: interface, name: eth1}
              - type: vlan
                vlan_id: 20
                addresses: [{ip_netmask: 10.20.0.1/24}]
                routes: [{ip_netmask: 10.21.0.0/16, next_hop: 10.20.0.254}, {default: true, nexthop: 10.20.0.253}]
            - type: linux_bridge
              name: br-lan
              addresses: [{ip_netmask: "fd00::1/64"}]
              members:
              - type: linux_bond
                name: bond0
                bonding_options: mode=802.3ad miimon=100
                members: [{type: interface, name: eth2}, {type: interface, name: eth3}, {type: vlan, vlan_id: 30, mtu: 1400}]
            - {type: vlan, vlan_id: 40, device: eth4, use_dhcp: false}
            - {type: interface, name: eth5.50}
            """);
        Assert.Equal("br-ctlplane[eth1,vlan20=20] bond0:linux_bond[eth2,eth3](mode 802.3ad miimon 100) br-lan:linux_bridge[bond0] br-int[]", Bridges(network));
        Assert.Equal("vlan30=30@bond0 vlan40=40@eth4 eth5.50=50@eth5", string.Join(' ', network.Vlans.Select(vlan => $"{vlan.Name}={vlan.Id}@{vlan.Device}")));
        Assert.Equal(
            "eth1 | br-ctlplane 192.168.24.1/24 | vlan20 10.20.0.1/24 via 10.21.0.0/16 10.20.0.254 0.0.0.0/0 10.20.0.253 | eth2 | eth3 | vlan30 mtu 1400 | bond0 | br-lan fd00::1/64 | vlan40 | eth5.50",
            Interfaces(network));
        Assert.Equal("bond0 br-ctlplane br-int vlan30 br-lan vlan40 eth5.50".Split(' ').Order(), LinkOrder.Of(network).Select(Name).Order());
        Assert.True(LinkOrder.Of(network).Select(Name).ToList() is var order && order.IndexOf("bond0") < order.IndexOf("br-lan") && order.IndexOf("bond0") < order.IndexOf("vlan30"));
    }

    [Fact]
    public void The_services_follow_local_ip_to_where_it_is()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            NetConfig = new("net.yaml", "network_config:\n- {type: ovs_bridge, name: br-ctlplane, members: [{type: interface, name: eth1}, {type: vlan, vlan_id: 9, addresses: [{ip_netmask: {{LOCAL_IP}}}]}]}\n"),
        });
        Assert.Contains("    interface vlan9", result.TextFile("keepalived.conf").Content.Split('\n'));
        Assert.Contains("vlan9", result.TextFile("firewall.nft").Content);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("../net-config-noop.yaml")]
    [InlineData("/usr/share/openstack-tripleo-heat-templates/net-config-noop.yaml")]
    [InlineData("OS::Heat::None")]
    public void An_empty_file_and_a_noop_template_leave_the_network_alone(string? template)
    {
        var inputs = CollectionPlan.Inputs("local_interface = eth7");
        var result = StackPlanner.Plan(template is null
            ? inputs with { NetConfig = new("net.json", "\n") }
            : inputs with { Environments = [new("/home/stack/custom.yaml", $"resource_registry:\n  OS::TripleO::Undercloud::Net::SoftwareConfig: {template}\n")], NetConfig = new("net.json", OneInterface) });
        Assert.DoesNotContain(result.Diagnostics, finding => finding.Severity == Severity.Error);
        var network = result.Plan!.Nodes[0].Manifest.Network;
        Assert.True(network.IsLeftAlone);
        Assert.Empty(network.Interfaces);
        Assert.Empty(network.Nameservers);
        Assert.Equal("br-int[]", Bridges(network));
        Assert.Equal(("192.168.24.1", "br-ctlplane"), (network.ExpectedAddress, network.ExpectedBridge));
        Assert.Contains(result.Plan.Nodes[0].Services, service => service == "keepalived");
        Assert.DoesNotContain("eth7", result.TextFile("firewall.nft").Content);
    }

    [Theory]
    [InlineData("net-config-undercloud.yaml", null)]
    [InlineData("my-network.yaml", "NCO006")]
    public void Another_template_is_refused_and_the_usual_one_is_not(string template, string? code)
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Environments = [new("custom.yaml", $"resource_registry:\n  OS::TripleO::Undercloud::Net::SoftwareConfig: {template}\n")],
        });
        Assert.Equal(code, result.Diagnostics.SingleOrDefault()?.Code);
        Assert.Equal(code, result.Diagnostics.SingleOrDefault(finding => finding.Location?.ToString() == "custom.yaml:2:3")?.Code);
    }

    [Fact]
    public void The_parameter_in_an_environment_file_is_the_same()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Environments = [new("custom.yaml", "parameter_defaults:\n  UndercloudNetConfigOverride: {network_config: [{type: interface, name: eth3, addresses: [{ip_netmask: 192.168.24.1/24}]}]}\n")],
        });
        Assert.Empty(result.Findings());
        Assert.Equal("eth3 192.168.24.1/24", Interfaces(result.Plan!.Nodes[0].Manifest.Network));
        Assert.Equal("br-ctlplane", result.Plan.Nodes[0].Manifest.Network.ExpectedBridge);
    }

    [Theory]
    [InlineData("{type: interface, name: eth1, use_dhcp: true}", "net.yaml:2:45", "use_dhcp of interface eth1 is not supported", "Give it its addresses")]
    [InlineData("{type: interface, name: nic1}", "net.yaml:2:29", "nic1 is os-net-config's number", "{{LOCAL_INTERFACE}}")]
    [InlineData("{type: interface, name: eth1, mut: 9000}", "net.yaml:2:40", "mut is no key of interface eth1", "Did you mean 'mtu'?")]
    [InlineData("{type: interface, name: eth1, mtu: big}", "net.yaml:2:40", "mtu of interface eth1 must be", "from 68")]
    [InlineData("{type: interface, name: 'a;b'}", "net.yaml:2:29", "cannot be an interface's name", "15 characters")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1}]}", "net.yaml:2:47", "'10.0.0.1' is no address with prefix length", "{{LOCAL_IP}}")]
    [InlineData("{type: interface, name: eth1, routes: [{ip_netmask: 10.0.0.0/8, next_hop: 'fd00::1'}]}", "net.yaml:2:44", "is no route", "same family")]
    [InlineData("{type: interface, name: eth1, routes: [{default: true, next_hop: 10.0.0.1, table: 200}]}", "net.yaml:2:87", "table of a route is not supported", "Leave table out")]
    [InlineData("{type: interface, name: eth1, ethtool_opts: -K x}", "net.yaml:2:49", "ethtool_opts of interface eth1 is not supported", "Leave it out")]
    [InlineData("{type: team, name: t}", "net.yaml:2:12", "team is not supported", "Supported are interface, linux_bond")]
    [InlineData("{type: ovs_brigde, name: t}", "net.yaml:2:12", "os-net-config has no type 'ovs_brigde'", "Did you mean ovs_bridge?")]
    [InlineData("{type: ovs_bond, name: t}", "net.yaml:2:12", "is in no bridge", "linux_bond")]
    [InlineData("{type: vlan, vlan_id: 7}", "net.yaml:2:5", "vlan 7 has no device", "eth1")]
    [InlineData("{type: vlan, vlan_id: 4095, device: eth1}", "net.yaml:2:27", "vlan_id of vlan 4095", "4094")]
    [InlineData("{type: linux_bond, name: b, bonding_options: mdoe=1, members: [{type: interface, name: eth1}]}", "net.yaml:2:50", "A bond has no option mdoe", "Did you mean mode?")]
    [InlineData("{type: ovs_bridge, name: b, ovs_extra: [set port b tag=5]}", "net.yaml:2:44", "ovs_extra of ovs_bridge b is not supported", "ovs_fail_mode")]
    [InlineData("{type: ovs_bridge, name: b, members: [{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1/8}]}]}", "net.yaml:2:84", "is a port of ovs_bridge b", "Write its addresses on ovs_bridge b")]
    [InlineData("{type: ovs_bridge, name: b, members: [{type: interface, name: eth1}, {type: interface, name: eth1}]}", "net.yaml:2:98", "eth1 is configured more than once", "Write each interface once")]
    [InlineData("{type: ovs_bridge, name: b, members: [{type: linux_bridge, name: c}]}", "net.yaml:2:50", "cannot be a member of ovs_bridge b", "Members of ovs_bridge are")]
    [InlineData("{type: interface, name: eth1, use_dhcp: maybe}", "net.yaml:2:45", "use_dhcp of interface eth1 is \"maybe\", which is neither true nor false", "Write true or false")]
    [InlineData("{type: interface, name: eth1, defroute: 2}", "net.yaml:2:45", "defroute of interface eth1 is 2", "Write true or false")]
    [InlineData("{type: interface, name: eth1, routes: [{default: maybe, next_hop: 10.0.0.1}]}", "net.yaml:2:54", "default is \"maybe\"", "Write true or false")]
    [InlineData("{type: interface, name: eth0.9999}", "net.yaml:2:29", "9999 in eth0.9999 is no VLAN's number", "from 1 to 4094")]
    [InlineData("{type: interface, name: eth0.0}", "net.yaml:2:29", "0 in eth0.0 is no VLAN's number", "from 1 to 4094")]
    [InlineData("{type: interface, name: a.99999999999}", "net.yaml:2:29", "is no VLAN's number", "from 1 to 4094")]
    [InlineData("{type: linux_bond, name: b, bonding_options: mode=bogus, members: [{type: interface, name: eth1}]}", "net.yaml:2:50", "mode of linux_bond b cannot be 'bogus'", "It takes balance-rr, active-backup")]
    [InlineData("{type: linux_bond, name: b, bonding_options: mode=7, members: [{type: interface, name: eth1}]}", "net.yaml:2:50", "mode of linux_bond b cannot be '7'", "It takes balance-rr")]
    [InlineData("{type: linux_bond, name: b, bonding_options: miimon=x, members: [{type: interface, name: eth1}]}", "net.yaml:2:50", "miimon of linux_bond b cannot be 'x'", "a whole number from 0")]
    [InlineData("{type: linux_bond, name: b, bonding_options: arp_ip_target=10.0.0.300, members: [{type: interface, name: eth1}]}", "net.yaml:2:50", "cannot be '10.0.0.300'", "IPv4 addresses")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 0.0.0.0/0}]}", "net.yaml:2:47", "'0.0.0.0/0' is no address of a host", "each address once")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 224.0.0.1/24}]}", "net.yaml:2:47", "'224.0.0.1/24' is no address of a host", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 'ff02::1/64'}]}", "net.yaml:2:47", "'ff02::1/64' is no address of a host", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1/0}]}", "net.yaml:2:47", "would have every address in its network", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.0/24}]}", "net.yaml:2:47", "is the address of the network 10.0.0.0/24 itself", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.255/24}]}", "net.yaml:2:47", "or its broadcast address", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.1/24}]}", "net.yaml:2:47", "'10.1/24' is no address with prefix length", "192.168.24.1/24")]
    [InlineData("{type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1/24}, {ip_netmask: 10.0.0.1/16}]}", "net.yaml:2:74", "'10.0.0.1/16' is an address of interface eth1 already", "each address once")]
    [InlineData("{type: interface, name: eth1, routes: [{default: true, next_hop: 224.0.0.1}]}", "net.yaml:2:44", "is no route", "router's address")]
    [InlineData("{type: interface, name: eth1, routes: [{default: true, next_hop: 10.0.0.1}, {ip_netmask: 0.0.0.0/0, next_hop: 10.0.0.2}]}", "net.yaml:2:81", "A default route is there already, by way of 10.0.0.1 on interface eth1", "Leave one of them out")]
    [InlineData("{type: interface, name: eth1, dns_servers: [0.0.0.0]}", "net.yaml:2:49", "is no address", "nameserver's address")]
    [InlineData("{type: vlan, vlan_id: 9, device: vlan9}", "net.yaml:2:38", "vlan9 needs vlan9: it is a circle", "another interface")]
    [InlineData("{type: linux_bridge, name: b, members: [{type: vlan, vlan_id: 9, device: b}]}", "net.yaml:2:5", "b needs vlan9, which needs b: it is a circle", "another interface")]
    public void What_cannot_be_mapped_is_an_error_by_name(string entry, string place, string message, string remedy)
    {
        var result = Plan(new("net.yaml", $"network_config:\n  - {entry}\n"));
        Assert.Null(result.Plan);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal((NetConfigCodes.NotSupported, Severity.Error), (finding.Code, finding.Severity));
        Assert.Contains(message, finding.Message);
        Assert.Contains(remedy, finding.ToString());
        Assert.Equal(place, finding.Location.ToString());
    }

    [Fact]
    public void List_that_is_not_indented_is_an_error_by_its_name()
    {
        Assert.Equal(
            ["net.yaml:6:1: error NCO004: There is a key 'members' beside network_config. (Indent it below the object that it belongs to, or leave it out: network_config stands alone.)"],
            Errors("network_config:\n- type: ovs_bridge\n  name: br-ctlplane\n  addresses: [{ip_netmask: {{LOCAL_IP}}}]\nmembers:\n- {type: interface, name: eth1}\n"));
        Assert.Equal(2, Errors("network_config: []\nversion: 2\nNetwork_config: []\n").Count());
    }

    [Fact]
    public void Vlans_in_a_circle_are_an_error_once()
    {
        Assert.Equal(
            ["net.yaml:2:36: error NCO004: vlan7 needs vlan8, which needs vlan7: it is a circle, and nothing of it can be made first. (Write another interface as device or member at one of them.)"],
            Errors("network_config:\n- {type: vlan, vlan_id: 7, device: vlan8}\n- {type: vlan, vlan_id: 8, device: vlan7}\n- {type: vlan, vlan_id: 9, device: vlan8}\n"));
        Assert.Empty(Errors("network_config:\n- {type: vlan, vlan_id: 7, device: vlan8}\n- {type: vlan, vlan_id: 8, device: eth1}\n- {type: vlan, vlan_id: 9, device: vlan8}\n"));
    }

    [Fact]
    public void Address_or_default_route_of_two_interfaces_is_an_error_at_the_second()
    {
        Assert.Equal(
            ["net.yaml:3:46: error NCO004: '10.0.0.1/16' is an address of interface eth1 already.", "net.yaml:3:83: error NCO004: A default route is there already, by way of 10.0.0.9 on interface eth1."],
            Errors("""
                network_config:
                - {type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1/24}], routes: [{default: true, next_hop: 10.0.0.9}]}
                - {type: interface, name: eth2, addresses: [ {ip_netmask: 10.0.0.1/16}], routes: [{default: true, next_hop: 10.0.0.8}]}

                """).Select(text => text.Split(" (")[0]));
    }

    [Fact]
    public void Address_that_its_interface_repeats_is_one_address() =>
        Assert.Empty(Errors("network_config:\n- {type: interface, name: eth1, addresses: [{ip_netmask: 10.0.0.1/24}, {ip_netmask: 10.0.0.1/24}]}\n"));

    [Fact]
    public void Default_routes_of_two_families_and_addresses_without_a_network_of_their_own_are_right()
    {
        Assert.Empty(Errors("""
            network_config:
            - type: interface
              name: eth1
              addresses: [{ip_netmask: 10.0.0.0/31}, {ip_netmask: 10.0.0.255/32}, {ip_netmask: "fe80::1/64"}]
              routes: [{default: true, next_hop: 10.0.0.1}, {default: "yes", next_hop: "fd00::1"}]
            - {type: interface, name: eth2, primary: "no", addresses: [{ip_netmask: "fe80::1/64"}]}

            """));
    }

    [Theory]
    [InlineData("bond_mode=balance-xx", "bond_mode of ovs_bond bond1 cannot be 'balance-xx'.", "It takes active-backup, balance-slb, balance-tcp.")]
    [InlineData("lacp=foo", "lacp of ovs_bond bond1 cannot be 'foo'.", "It takes active, passive, off.")]
    [InlineData("other-config:lacp-time=slowly", "other-config:lacp-time of ovs_bond bond1 cannot be 'slowly'.", "It takes slow, fast.")]
    [InlineData("bond_updelay=x", "bond_updelay of ovs_bond bond1 cannot be 'x'.", "It takes a whole number")]
    [InlineData("bond_mdoe=balance-slb", "A bond has no option bond_mdoe.", "Did you mean bond_mode?")]
    [InlineData("bond_mode=balance-tcp lacp=active other-config:lacp-fallback-ab=true other_config:of-ones-own=x bond-updelay=100", null, null)]
    public void Options_of_a_bond_of_Open_vSwitch_are_checked(string options, string? message, string? remedy)
    {
        var errors = Errors($"network_config:\n- type: ovs_bridge\n  name: br-ctlplane\n  members:\n  - type: ovs_bond\n    name: bond1\n    ovs_options: {options}\n    members: [{{type: interface, name: eth1}}, {{type: interface, name: eth2}}]\n").ToList();
        if (message is null)
            Assert.Empty(errors);
        else
            Assert.StartsWith($"net.yaml:7:18: error NCO004: {message} ({remedy}", Assert.Single(errors));
    }

    [Fact]
    public void Keys_without_an_effect_are_warnings_by_name()
    {
        var result = Plan(new("net.yaml", "network_config:\n- {type: interface, name: eth1, nm_controlled: true, defroute: no, domain: example.org, onboot: true, hotplug: false}\n"));
        Assert.NotNull(result.Plan);
        Assert.Equal(["defroute", "domain", "nm_controlled"], result.Diagnostics.Where(finding => finding.Code == NetConfigCodes.NoEffect).Select(finding => finding.Message.Split(' ')[0]).Order());
    }

    private const string Nameserver = "undercloud_nameservers = 192.0.2.53";

    private static IEnumerable<string> Errors(string text) =>
        Plan(new("net.yaml", text)).Diagnostics.Where(finding => finding.Severity == Severity.Error)
            .Select(finding => $"{finding.Location}: error {finding.Code}: {finding.Message} ({finding.Remedy})");

    private static PlanningResult Plan(InputFile file) => StackPlanner.Plan(CollectionPlan.Inputs() with { NetConfig = file });

    private static NetworkManifest Network(Inputs inputs)
    {
        var result = StackPlanner.Plan(inputs);
        Assert.DoesNotContain(result.Diagnostics, finding => finding.Severity == Severity.Error);
        return result.Plan!.Nodes[0].Manifest.Network;
    }

    private static NetworkManifest Yaml(string text) => Network(CollectionPlan.Inputs() with { NetConfig = new("net.yaml", text) });

    private static string Name(object link) => link is BridgeEntry bridge ? bridge.Name : ((VlanEntry)link).Name;

    private static string Bridges(NetworkManifest network) => string.Join(' ', network.Bridges.Select(bridge =>
        $"{bridge.Name}{(bridge.Kind is null ? "" : $":{bridge.Kind}")}[{string.Join(',', [.. bridge.Ports, .. bridge.Vlans.Select(vlan => $"{vlan.Name}={vlan.Tag}")])}]{(bridge.Options.Count > 0 ? $"({string.Join(' ', bridge.Options)})" : "")}"));

    private static string Interfaces(NetworkManifest network) => string.Join(" | ", network.Interfaces.Select(link => string.Join(' ',
        [
            link.Name, .. link.Mtu is null ? [] : new[] { $"mtu {link.Mtu}" }, .. link.Addresses,
            .. link.Routes.Count == 0 ? [] : new[] { "via" }, .. link.Routes.Select(route => $"{route.Destination} {route.Via}"),
        ])));

    private static string Text(NetworkManifest network) => ManifestJson.Write(new NodeManifest { Node = "n", Network = network });
}
