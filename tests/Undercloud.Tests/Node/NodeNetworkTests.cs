using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;

namespace Undercloud.Tests.Node;

public sealed class NodeNetworkTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly List<string> _links = [Link("lo", "UP", "127.0.0.1/8"), Link("eth0", "UP", "10.0.0.2/24"), Link("eth1", "BROADCAST")];

    public NodeNetworkTests()
    {
        _host.Answers["ip -j address show"] = () => $"[{string.Join(',', _links)}]";
        _host.Answers["ip -j -4 route show default"] = () => """[{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]}]""";
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Address_is_put_on_an_interface_that_was_down_and_taken_off_again()
    {
        var result = await ApplyAsync("eth1", "192.168.24.1/24", "FD00::0001/64");
        Assert.False(result.Failed);
        Assert.Equal(
            ["ip link set eth1 up", "ip address replace 192.168.24.1/24 dev eth1 broadcast +", "ip address replace fd00::1/64 dev eth1 nodad"],
            Changes());
        _links[2] = Link("eth1", "UP", "192.168.24.1/24", "fd00::1/64", "fe80::1/64");
        Assert.False((await ApplyAsync("eth1", "192.168.24.1/24", "fd00::1/64")).Changed);
        _host.Calls.Clear();
        await PruneAsync();
        Assert.Equal(
            ["ip address del 192.168.24.1/24 dev eth1", "ip address del fd00::1/64 dev eth1", "ip link set eth1 down"],
            Changes());
    }

    [Fact]
    public async Task Addresses_of_others_stay_and_keep_the_interface_up()
    {
        await ApplyAsync("eth1", "192.168.24.1/24");
        _links[2] = Link("eth1", "UP", "192.168.24.1/24", "192.168.24.9/24");
        _host.Calls.Clear();
        await PruneAsync();
        Assert.Equal(["ip address del 192.168.24.1/24 dev eth1"], Changes());
    }

    [Fact]
    public async Task Missing_interface_names_the_ones_there_are()
    {
        var result = await ApplyAsync("eth7", "192.168.24.1/24");
        Assert.True(result.Failed);
        Assert.Contains("There are: lo, eth0, eth1.", result.Message);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("eth1 up")]
    [InlineData("../eth1")]
    [InlineData("")]
    public async Task A_name_that_no_interface_can_have_is_refused(string name)
    {
        var result = await ApplyAsync(name, "192.168.24.1/24");
        Assert.True(result.Failed);
        Assert.Contains("is not a name an interface can have", result.Message);
        Assert.Empty(Changes());
    }

    [Fact]
    public async Task Interface_that_appears_late_at_boot_is_waited_for()
    {
        var asked = 0;
        _host.Answers["ip -j address show"] = () => $"[{string.Join(',', ++asked < 20 ? _links.Take(2) : _links)}]";
        var result = await ApplyAsync("eth1", "192.168.24.1/24");
        Assert.False(result.Failed);

        // Once more for the record of what was there before.
        Assert.Equal(21, asked);
    }

    [Fact]
    public async Task Default_routes_interface_is_refused_unless_the_address_is_there()
    {
        Assert.Contains("default route", (await ApplyAsync("eth0", "192.168.24.1/24")).Message);
        Assert.Empty(Changes());
        Assert.False((await ApplyAsync("eth0", "10.0.0.2/24")).Failed);
    }

    [Fact]
    public async Task Address_on_another_interface_is_named()
    {
        var result = await ApplyAsync("eth1", "10.0.0.2/16");
        Assert.Contains("10.0.0.2/24 is already on eth0", result.Message);
    }

    [Fact]
    public async Task Our_own_address_moves_to_another_interface()
    {
        await ApplyAsync("eth1", "192.168.24.1/24");
        _links[2] = Link("eth1", "UP", "192.168.24.1/24");
        _links.Add(Link("eth2", "UP"));
        _host.Calls.Clear();
        await ApplyAsync("eth2", "192.168.24.1/24");
        Assert.Equal(["ip address del 192.168.24.1/24 dev eth1", "ip address replace 192.168.24.1/24 dev eth2 broadcast +"], Changes());
    }

    [Fact]
    public async Task Bridge_is_made_with_its_port_and_gets_the_addresses_and_the_hardware_address()
    {
        var result = await ApplyAsync(Bridged());
        Assert.False(result.Failed);
        Assert.Equal(
            [
                "ovs-vsctl --timeout=20 --may-exist add-br br-ctlplane -- set bridge br-ctlplane datapath_type=netdev fail_mode=standalone",
                "ovs-vsctl --timeout=20 --may-exist add-port br-ctlplane eth1 -- set bridge br-ctlplane 'other_config:hwaddr=\"52:54:00:00:00:01\"'",
                "ip link set eth1 up",
                "ip link set br-ctlplane up",
                "ip address replace 192.168.24.1/24 dev br-ctlplane broadcast +",
            ],
            Changes());
        MakeBridge();
        Assert.False((await ApplyAsync(Bridged())).Changed);
    }

    [Fact]
    public async Task Bridge_gets_the_hardware_address_of_a_card_that_was_replaced()
    {
        await ApplyAsync(Bridged());
        MakeBridge();
        _links[2] = _links[2].Replace("52:54:00:00:00:01", "52:54:00:00:00:77", StringComparison.Ordinal);
        _host.Calls.Clear();
        Assert.True((await ApplyAsync(Bridged())).Changed);
        Assert.Equal(["ovs-vsctl --timeout=20 set bridge br-ctlplane 'other_config:hwaddr=\"52:54:00:00:00:77\"'"], Changes());
    }

    [Fact]
    public async Task Bridge_that_is_ours_goes_and_its_interface_is_as_it_was()
    {
        await ApplyAsync(Bridged());
        MakeBridge();
        _host.Calls.Clear();
        await PruneAsync();
        Assert.Equal(
            [
                "ip address del 192.168.24.1/24 dev br-ctlplane", "ip link set br-ctlplane down", "ip link set eth1 down",
                "ovs-vsctl --timeout=20 --if-exists del-br br-ctlplane",
            ],
            Changes());
        Assert.False(File.Exists(_host.Layout.OwnedFile));
    }

    [Fact]
    public async Task Bridge_of_others_loses_only_the_port_that_is_ours()
    {
        MakeBridge("eth5");
        await ApplyAsync(Bridged());
        MakeBridge("eth5", "eth1");
        _host.Calls.Clear();
        await PruneAsync();
        Assert.Equal(
            [
                "ip address del 192.168.24.1/24 dev br-ctlplane", "ip link set eth1 down",
                "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane eth1",
            ],
            Changes());
    }

    [Fact]
    public async Task Address_of_ours_moves_to_the_bridge_and_back_with_its_interface()
    {
        await ApplyAsync("eth1", "192.168.24.1/24");
        _links[2] = Link("eth1", "UP", "192.168.24.1/24");
        _host.Calls.Clear();
        Assert.False((await ApplyAsync(Bridged())).Failed);
        Assert.Equal(
            ["ip address del 192.168.24.1/24 dev eth1", "ip address replace 192.168.24.1/24 dev br-ctlplane broadcast +"],
            Changes().Where(call => call.StartsWith("ip address", StringComparison.Ordinal)));
        MakeBridge();
        _host.Calls.Clear();
        await ApplyAsync("eth1", "192.168.24.1/24");
        Assert.Equal(
            [
                "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane eth1",
                "ip address del 192.168.24.1/24 dev br-ctlplane", "ip address replace 192.168.24.1/24 dev eth1 broadcast +",
            ],
            Changes());
    }

    [Fact]
    public async Task Interface_that_is_needed_as_it_is_becomes_no_port()
    {
        Assert.Contains("default route", (await ApplyAsync(Bridged("eth0"))).Message);
        _links[2] = Link("eth1", "UP", "172.16.0.9/24");
        Assert.Contains("172.16.0.9/24", (await ApplyAsync(Bridged())).Message);
        _links[2] = Link("eth1", "UP");
        Assert.Contains("There are: lo, eth0, eth1.", (await ApplyAsync(Bridged("eth7"))).Message);
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => "other\n";
        _host.Answers["ovs-vsctl --timeout=20 list-ports other"] = () => "eth1\n";
        Assert.Contains("port of the bridge other", (await ApplyAsync(Bridged())).Message);
        _host.Answers.Remove("ovs-vsctl --timeout=20 list-br");
        _links.Add(Link("br-ctlplane", "UP"));
        Assert.Contains("no bridge of Open vSwitch", (await ApplyAsync(Bridged())).Message);
        Assert.Empty(Changes());
        Assert.False(File.Exists(_host.Layout.OwnedFile));
    }

    [Fact]
    public async Task Without_Open_vSwitch_a_check_shows_the_bridge_and_an_apply_says_what_to_install()
    {
        _host.Missing.Add("ovs-vsctl");
        Assert.Contains(new NodeChange("bridge", "br-ctlplane", "create", "Open vSwitch, netdev datapath"), (await ApplyAsync(Bridged(), check: true)).Changes);
        Assert.Contains("apt-get install openvswitch-switch", (await ApplyAsync(Bridged())).Message);
    }

    private void MakeBridge(params string[] ports)
    {
        ports = ports.Length == 0 ? ["eth1"] : ports;
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => "br-ctlplane\n";
        _host.Answers["ovs-vsctl --timeout=20 list-ports br-ctlplane"] = () => string.Concat(ports.Select(port => port + "\n"));
        _links.RemoveAll(link => link.Contains("br-ctlplane"));
        _links[2] = Link("eth1", ports.Contains("eth1") ? "UP" : "BROADCAST");
        _links.Add(Link("br-ctlplane", "UP", ports.Contains("eth1") ? ["192.168.24.1/24"] : []));
    }

    private static NetworkManifest Bridged(string port = "eth1") => new()
    {
        Bridges = [new("br-ctlplane", [port], "netdev", "standalone")],
        Interfaces = [new(port, []), new("br-ctlplane", ["192.168.24.1/24"])],
    };

    private static string Link(string name, string flag, params string[] addresses)
    {
        var list = addresses.Select(text => text.Split('/')).Select(pair => $$"""{"family":"inet","local":"{{pair[0]}}","prefixlen":{{pair[1]}}}""");
        return $$"""{"ifname":"{{name}}","flags":["{{flag}}"],"mtu":1500,"address":"52:54:00:00:00:01","addr_info":[{{string.Join(',', list)}}]}""";
    }

    private IEnumerable<string> Changes() => _host.Changes();

    private Task<NodeResult> ApplyAsync(string link, params string[] addresses) => ApplyAsync(new NetworkManifest { Interfaces = [new(link, addresses)] });

    private Task<NodeResult> ApplyAsync(NetworkManifest network, bool check = false) =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).ApplyAsync(
            new() { Node = "n", Network = network }, TimeSpan.FromSeconds(30), check, CancellationToken.None);

    private Task<NodeResult> PruneAsync() =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
}
