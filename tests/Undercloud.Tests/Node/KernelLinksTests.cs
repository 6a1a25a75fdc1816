using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;

namespace Undercloud.Tests.Node;

/// <summary>Bridges, bonds and VLANs of the kernel's, bonds and VLANs of Open vSwitch's, and a network that is left alone.</summary>
public sealed class KernelLinksTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly SortedDictionary<string, (string? Kind, string? Master, string? Parent, int Id, string[] Addresses)> _links = new(StringComparer.Ordinal)
    {
        ["eth0"] = (null, null, null, 0, ["10.0.0.2/24"]),
        ["eth1"] = (null, null, null, 0, []),
        ["eth2"] = (null, null, null, 0, []),
    };

    private string _ports = "";

    public KernelLinksTests()
    {
        _host.Answers["ip -j address show"] = () => $"[{string.Join(',', _links.Select(link => Address(link.Key, link.Value.Addresses)))}]";
        _host.Answers["ip -j -d link show"] = () => $"[{string.Join(',', _links.Select(link => Device(link.Key, link.Value.Kind, link.Value.Master, link.Value.Parent, link.Value.Id)))}]";
        _host.Answers["ip -j -4 route show default"] = () => """[{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]}]""";
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => _ports.Length > 0 ? "br-ctlplane\n" : "";
        _host.Answers["ovs-vsctl --timeout=20 list-ports br-ctlplane"] = () => _ports.Replace(' ', '\n');
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Bridge_bond_and_vlan_of_the_kernels_are_made_in_order_and_only_once_and_go_again()
    {
        var network = new NetworkManifest
        {
            Bridges = [new("br-lan", ["bond0"]) { Kind = BridgeEntry.Linux }, new("bond0", ["eth1", "eth2"]) { Kind = BridgeEntry.Bond, Options = ["mode", "active-backup"] }],
            Vlans = [new("vlan7", "br-lan", 7)],
            Interfaces = [new("eth1", []), new("eth2", []), new("bond0", []), new("br-lan", []), new("vlan7", ["10.7.0.1/24"])],
        };
        Assert.Null((await ApplyAsync(network)).Message);
        Assert.Equal(
            [
                "ip link add name bond0 type bond mode active-backup",
                "ip link set eth1 down", "ip link set eth1 master bond0", "ip link set eth2 down", "ip link set eth2 master bond0",
                "ip link add name br-lan type bridge", "ip link set bond0 master br-lan",
                "ip link add link br-lan name vlan7 type vlan id 7",
                "ip link set bond0 up", "ip link set br-lan up", "ip link set vlan7 up", "ip address replace 10.7.0.1/24 dev vlan7 broadcast +",
            ],
            _host.Changes());
        _links["bond0"] = ("bond", "br-lan", null, 0, []);
        _links["eth1"] = _links["eth2"] = (null, "bond0", null, 0, []);
        _links["br-lan"] = ("bridge", null, null, 0, []);
        _links["vlan7"] = ("vlan", null, "br-lan", 7, ["10.7.0.1/24"]);
        Assert.False((await ApplyAsync(network)).Changed);

        _host.Calls.Clear();
        await PruneAsync(new());
        Assert.Equal(
            ["ip address del 10.7.0.1/24 dev vlan7", "ip link set bond0 down", "ip link set br-lan down", "ip link set vlan7 down", "ip link del vlan7", "ip link del bond0", "ip link del br-lan"],
            _host.Changes().Order(StringComparer.Ordinal).OrderBy(call => call.StartsWith("ip address", StringComparison.Ordinal) ? 0 : call.Contains(" down") ? 1 : call.Contains("vlan7") ? 2 : 3));
        Assert.False(File.Exists(_host.Layout.OwnedFile));
    }

    [Fact]
    public async Task Bond_that_is_to_have_other_options_is_made_anew()
    {
        var network = new NetworkManifest { Bridges = [new("bond0", ["eth1"]) { Kind = BridgeEntry.Bond, Options = ["mode", "active-backup"] }], Interfaces = [new("eth1", []), new("bond0", ["10.7.0.1/24"])] };
        await ApplyAsync(network);
        _links["bond0"] = ("bond", null, null, 0, ["10.7.0.1/24"]);
        _links["eth1"] = (null, "bond0", null, 0, []);
        _host.Calls.Clear();
        Assert.Null((await ApplyAsync(network with { Bridges = [network.Bridges[0] with { Options = ["mode", "802.3ad"] }] })).Message);
        Assert.Equal(
            [
                "ip link del bond0", "ip link add name bond0 type bond mode 802.3ad", "ip link set eth1 down", "ip link set eth1 master bond0", "ip link set bond0 up",
                "ip address replace 10.7.0.1/24 dev bond0 broadcast +",
            ],
            _host.Changes());
    }

    [Fact]
    public async Task Open_vSwitch_gets_bonds_and_vlans_and_changes_nothing_the_second_time()
    {
        var network = new NetworkManifest
        {
            Bridges = [new("br-ctlplane", []) { Bonds = [new("bond1", ["eth1", "eth2"], ["bond_mode=balance-slb"])], Vlans = [new("vlan16", 16)] }],
            Interfaces = [new("eth1", []), new("eth2", []), new("br-ctlplane", []), new("vlan16", ["10.16.0.1/24"])],
        };
        Assert.Null((await ApplyAsync(network)).Message);
        Assert.Equal(
            [
                "ovs-vsctl --timeout=20 --may-exist add-br br-ctlplane",
                "ovs-vsctl --timeout=20 --may-exist add-bond br-ctlplane bond1 eth1 eth2 bond_mode=balance-slb -- set bridge br-ctlplane 'other_config:hwaddr=\"52:54:00:00:00:01\"'",
                "ovs-vsctl --timeout=20 --may-exist add-port br-ctlplane vlan16 tag=16 -- set interface vlan16 type=internal",
                "ip link set br-ctlplane up", "ip link set vlan16 up", "ip address replace 10.16.0.1/24 dev vlan16 broadcast +",
            ],
            _host.Changes());
        _links["br-ctlplane"] = ("openvswitch", null, null, 0, []);
        _links["vlan16"] = ("openvswitch", null, null, 0, ["10.16.0.1/24"]);
        _ports = "bond1 vlan16";
        Assert.False((await ApplyAsync(network)).Changed);

        // What is left out goes.
        _host.Calls.Clear();
        await PruneAsync(network with { Bridges = [network.Bridges[0] with { Vlans = [] }], Interfaces = [.. network.Interfaces.Take(3)] });
        Assert.Equal(
            ["ip address del 10.16.0.1/24 dev vlan16", "ip link set vlan16 down", "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane vlan16"], _host.Changes());
    }

    [Fact]
    public async Task Port_moves_from_one_kind_of_bridge_to_another()
    {
        await ApplyAsync(new() { Bridges = [new("br-ctlplane", ["eth1"])], Interfaces = [new("eth1", []), new("br-ctlplane", ["192.168.24.1/24"])] });
        _links["br-ctlplane"] = ("openvswitch", null, null, 0, ["192.168.24.1/24"]);
        _ports = "eth1";
        _host.Calls.Clear();
        Assert.Null((await ApplyAsync(new() { Bridges = [new("br-lan", ["eth1"]) { Kind = BridgeEntry.Linux }], Interfaces = [new("eth1", []), new("br-lan", ["192.168.24.1/24"])] })).Message);
        Assert.Equal(
            [
                "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane eth1", "ip link add name br-lan type bridge", "ip link set eth1 master br-lan",
                "ip link set br-lan up", "ip address del 192.168.24.1/24 dev br-ctlplane", "ip address replace 192.168.24.1/24 dev br-lan broadcast +",
            ],
            _host.Changes());
    }

    [Fact]
    public async Task Addresses_that_the_wanted_bridge_has_move_there_with_the_default_route()
    {
        NetworkManifest Wanted(string address) => new()
        {
            Bridges = [new("br-ex", ["eth0"]) { Kind = BridgeEntry.Linux }],
            Interfaces = [new("eth0", []), new("br-ex", [address]) { Routes = [new("0.0.0.0/0", "10.0.0.1")] }],
        };
        _host.Answers["ip -j -4 route show"] = () => """[{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]}]""";
        Assert.Contains("carries this node's default route", (await ApplyAsync(Wanted("10.0.0.3/24"))).Message);
        Assert.Empty(_host.Changes());
        Assert.Null((await ApplyAsync(Wanted("10.0.0.2/24"))).Message);
        Assert.Equal(
            ["ip link add name br-ex type bridge", "ip link set eth0 master br-ex", "ip link set br-ex up", "ip address del 10.0.0.2/24 dev eth0", "ip address replace 10.0.0.2/24 dev br-ex broadcast +"],
            _host.Changes().Distinct());
    }

    [Fact]
    public async Task Foreign_link_of_the_name_is_refused()
    {
        _links["vlan7"] = ("vlan", null, "eth2", 7, []);
        _links["br-lan"] = ("dummy", null, null, 0, []);
        var message = (await ApplyAsync(new() { Bridges = [new("br-lan", []) { Kind = BridgeEntry.Linux }], Vlans = [new("vlan7", "eth1", 7)], Interfaces = [new("br-lan", []), new("vlan7", [])] })).Message;
        Assert.Contains("br-lan is there and is no bridge of the kernel's", message);
        Assert.Contains("vlan7 is there and is not the VLAN 7 of eth1", message);
        Assert.Empty(_host.Changes());
    }

    [Theory]
    [InlineData("bridge", null, "eth1 is a port of the bridge podman0. Remove the port (ip link set eth1 nomaster)")]
    [InlineData("bond", null, "eth1 is a port of the bond podman0.")]
    [InlineData("team", null, "eth1 is a port of the team podman0.")]
    [InlineData("vrf", null, "eth1 is a port of the VRF podman0.")]
    [InlineData("something", null, "eth1 is a port of podman0.")]
    [InlineData("team", BridgeEntry.Linux, "eth1 is a port of the team podman0.")]
    [InlineData("vrf", BridgeEntry.Bond, "eth1 is a port of the VRF podman0.")]
    [InlineData("bridge", BridgeEntry.Bond, "eth1 is a port of the bridge podman0.")]
    public async Task Port_of_anything_else_is_refused_before_anything_is_changed(string kind, string? wanted, string message)
    {
        _links["podman0"] = (kind, null, null, 0, ["10.88.0.1/16"]);
        _links["eth1"] = ("veth", "podman0", null, 0, []);
        var network = new NetworkManifest { Bridges = [new("br-ctlplane", ["eth1"]) { Kind = wanted }], Interfaces = [new("eth1", []), new("br-ctlplane", ["192.168.24.1/24"])] };
        await SaysAsync(network, message);
    }

    [Theory]
    [InlineData("bridge", "eth2 is a port of the bridge podman0.")]
    [InlineData("vrf", "eth2 is a port of the VRF podman0.")]
    public async Task Member_of_a_bond_of_Open_vSwitch_that_is_a_port_of_anything_else_is_refused(string kind, string message)
    {
        _links["podman0"] = (kind, null, null, 0, []);
        _links["eth2"] = (null, "podman0", null, 0, []);
        await SaysAsync(new() { Bridges = [new("br-ctlplane", []) { Bonds = [new("bond1", ["eth1", "eth2"], [])] }], Interfaces = [new("eth1", []), new("eth2", [])] }, message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BridgeEntry.Linux)]
    public async Task Member_of_another_bridges_bond_is_refused_though_it_is_no_port(string? wanted)
    {
        _ports = "bond1";
        _links["eth1"] = (null, "ovs-system", null, 0, []);
        _host.Answers["ovs-vsctl --timeout=20 list-ifaces br-ctlplane"] = () => "eth1\neth2\n";
        await SaysAsync(new() { Bridges = [new("br-lan", ["eth1"]) { Kind = wanted }], Interfaces = [new("eth1", [])] }, "eth1 is a port of a bond in the bridge br-ctlplane. Remove the port (ovs-vsctl --with-iface del-port br-ctlplane eth1");
    }

    [Fact]
    public async Task Address_is_put_on_no_port_of_the_kernels_unless_it_is_there_or_the_port_is_in_a_vrf()
    {
        _links["podman0"] = ("bridge", null, null, 0, []);
        _links["eth1"] = (null, "podman0", null, 0, []);
        var network = new NetworkManifest { Interfaces = [new("eth1", ["192.168.24.1/24"])] };
        await SaysAsync(network, "eth1 is a port of the bridge podman0: 192.168.24.1/24 would not be reachable on it.");
        _links["podman0"] = ("vrf", null, null, 0, []);
        Assert.Null((await ApplyAsync(network)).Message);
        _links["podman0"] = ("bridge", null, null, 0, []);
        _links["eth1"] = (null, "podman0", null, 0, ["192.168.24.1/24"]);
        Assert.Null((await ApplyAsync(network)).Message);
    }

    [Fact]
    public async Task Network_that_is_left_alone_keeps_what_was_made_and_adds_nothing()
    {
        await ApplyAsync(new() { Bridges = [new("br-ctlplane", ["eth1"])], Interfaces = [new("eth1", []), new("br-ctlplane", ["192.168.24.1/24"])] });
        _links["br-ctlplane"] = ("openvswitch", null, null, 0, ["192.168.24.1/24"]);
        _ports = "eth1";
        var confirmed = File.ReadAllText(_host.Layout.ConfirmedNetworkFile);
        _host.Calls.Clear();
        var alone = new NetworkManifest { IsLeftAlone = true, ExpectedAddress = "192.168.24.1", ExpectedBridge = "br-ctlplane" };
        Assert.Equal((false, null), ((await ApplyAsync(alone)).Changed, (await ApplyAsync(alone)).Message));
        Assert.False((await PruneAsync(alone)).Changed);
        Assert.Empty(_host.Changes());
        Assert.Equal(confirmed, File.ReadAllText(_host.Layout.ConfirmedNetworkFile));
        await PruneAsync(new());
        Assert.Contains("ovs-vsctl --timeout=20 --if-exists del-br br-ctlplane", _host.Changes());
    }

    [Fact]
    public async Task What_the_operator_is_to_make_and_has_not_made_is_said_before_anything_is_changed()
    {
        var node = new NodeNetwork(_host.Layout, _host, new JumpingTime());
        var refusals = await node.RefusalsAsync(new() { Node = "n", Network = new() { IsLeftAlone = true, ExpectedAddress = "192.168.24.1", ExpectedBridge = "br-ctlplane" } }, CancellationToken.None);
        Assert.Equal(2, refusals.Length);
        Assert.Contains("192.168.24.1 (local_ip), which no interface of this node has", refusals[0]);
        Assert.Contains("Neutron's agent needs br-ctlplane", refusals[1]);
    }

    [Fact]
    public void Kernel_without_the_modules_is_said_before_anything_is_changed()
    {
        var network = new NetworkManifest { Vlans = [new("vlan7", "eth1", 7)], Bridges = [new("bond0", ["eth1"]) { Kind = BridgeEntry.Bond }, new("br-ctlplane", ["eth2"])] };
        Assert.Equal(
            ["This kernel has no module 8021q, which vlan7 needs", "This kernel has no module bonding, which bond0 needs"],
            ExpectedNetwork.Kernel(network, module => module == "bridge").Select(text => text.Split(". ")[0]));
        Assert.Empty(ExpectedNetwork.Kernel(network, _ => true));
    }

    [Fact]
    public async Task Change_that_fails_is_taken_back_with_the_links_it_made()
    {
        _host.Failing["ip address replace 10.7.0.1/24"] = "RTNETLINK answers: no";
        _host.Answers["ip link add name br-lan"] = () =>
        {
            _links["br-lan"] = ("bridge", null, null, 0, []);
            _links["eth1"] = (null, "br-lan", null, 0, []);
            return "";
        };
        Assert.True((await ApplyAsync(new() { Bridges = [new("br-lan", ["eth1"]) { Kind = BridgeEntry.Linux }], Interfaces = [new("eth1", []), new("br-lan", ["10.7.0.1/24"])] })).Failed);
        Assert.Contains("ip link del br-lan", _host.Changes());
        Assert.Contains("ip link set eth1 nomaster", _host.Changes());
        Assert.True(new OwnedStore(_host.Layout).Load().Bridges.IsEmpty);
    }

    private static string Address(string name, string[] addresses)
    {
        var list = addresses.Select(text => text.Split('/')).Select(pair => $$"""{"family":"inet","local":"{{pair[0]}}","prefixlen":{{pair[1]}}}""");
        return $$"""{"ifname":"{{name}}","flags":["UP"],"mtu":1500,"address":"52:54:00:00:00:01","addr_info":[{{string.Join(',', list)}}]}""";
    }

    private static string Device(string name, string? kind, string? master, string? parent, int id) =>
        $$"""{"ifname":"{{name}}"{{(master is null ? "" : $",\"master\":\"{master}\"")}}{{(parent is null ? "" : $",\"link\":\"{parent}\"")}}{{(kind is null ? "" : $",\"linkinfo\":{{\"info_kind\":\"{kind}\",\"info_data\":{{\"id\":{(kind == "bridge" ? "\"8000.525400000001\"" : id)}}}}}")}}}""";

    // Preflight and the verb say the same.
    private async Task SaysAsync(NetworkManifest network, string message)
    {
        var refusals = await new NodeNetwork(_host.Layout, _host, new JumpingTime()).RefusalsAsync(new() { Node = "n", Network = network }, CancellationToken.None);
        Assert.Contains(message, Assert.Single(refusals, text => !text.StartsWith("This kernel has no module", StringComparison.Ordinal)));
        var result = await ApplyAsync(network);
        Assert.True(result.Failed);
        Assert.Contains(message, result.Message);
        Assert.Empty(_host.Changes());
        Assert.False(File.Exists(_host.Layout.OwnedFile));
    }

    private Task<NodeResult> ApplyAsync(NetworkManifest network) =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).ApplyAsync(new() { Node = "n", Network = network }, TimeSpan.FromSeconds(30), check: false, CancellationToken.None);

    private Task<NodeResult> PruneAsync(NetworkManifest network) =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).PruneAsync(new() { Node = "n", Network = network }, check: false, CancellationToken.None);
}
