using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;

namespace Undercloud.Tests.Node;

/// <summary>A change of the network that cuts the node off is taken back.</summary>
public sealed class NetworkGuardTests : IDisposable
{
    private readonly FakeHost _host = new(systemd: true);
    private readonly SortedDictionary<string, SortedSet<string>> _addresses = new() { ["eth0"] = ["10.0.0.2/24"], ["eth1"] = [] };
    private bool _killed;
    private bool _cuts;

    public NetworkGuardTests()
    {
        _host.Answers["ip -j address show"] = () => $"[{string.Join(',', _addresses.Select(pair => Link(pair.Key, pair.Value)))}]";
        _host.Answers["ip -j -4 route show default"] = () => """[{"dst":"default","gateway":"10.0.0.1","dev":"eth0"}]""";
        _host.Answers["ip -j route get"] = () => """[{"dst":"10.0.0.1","gateway":"10.0.0.1","dev":"eth0"}]""";
        _host.Answers["ip -4 route show"] = () => "default via 10.0.0.1 dev eth0 \n10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.2 \n";
        _host.Answers["ip address replace 192.168.24.1/24"] = () =>
        {
            if (_killed)
            {
                File.Copy(_host.Layout.GuardFile, _host.At("guard"), overwrite: true);
                throw new InvalidOperationException("killed");
            }

            _addresses["eth1"].Add("192.168.24.1/24");
            Cut(_cuts);
            return "";
        };
        _host.Answers["ip address del 192.168.24.1/24"] = () =>
        {
            _addresses["eth1"].Clear();
            Cut(false);
            return "";
        };
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Change_that_cuts_nobody_off_is_confirmed()
    {
        Assert.True((await ApplyAsync()).Changed);
        Assert.Equal(
            ["systemd-run", "systemctl stop undercloud-network-guard.timer"],
            _host.Calls.Where(call => call.StartsWith("systemd-run", StringComparison.Ordinal) || call.Contains("guard.timer")).Select(call => call.Split(" --quiet")[0]));
        Assert.False(File.Exists(_host.Layout.GuardFile));
        Assert.True(File.Exists(_host.Layout.ConfirmedNetworkFile));
        Assert.False((await RevertAsync()).Changed);
    }

    [Fact]
    public async Task Change_that_loses_the_router_is_taken_back_and_says_so()
    {
        _cuts = true;
        var result = await ApplyAsync();
        Assert.True(result.Failed);
        Assert.Contains("10.0.0.1 (the default route's router)", result.Message);
        Assert.Contains("rolled back to what it was before.", result.Message);
        Assert.Empty(_addresses["eth1"]);
        Assert.True(new OwnedStore(_host.Layout).Load().Links.IsEmpty);
        Assert.False(File.Exists(_host.Layout.GuardFile));
        Assert.False(File.Exists(_host.Layout.ConfirmedNetworkFile));
    }

    [Fact]
    public async Task Router_that_only_answers_for_its_hardware_address_may_go_on_doing_just_that()
    {
        Cut(true);
        _host.Answers["ip -j neigh show"] = () => """[{"dst":"10.0.0.1","lladdr":"52:54:00:00:00:02","state":["REACHABLE"]}]""";
        Assert.False((await ApplyAsync()).Failed);
    }

    [Fact]
    public async Task Run_that_was_killed_is_taken_back_by_the_timer_or_by_the_next_run()
    {
        foreach (var byTimer in new[] { true, false })
        {
            // What a kill at this moment leaves: the change, and the record of what was before.
            _killed = true;
            await Assert.ThrowsAsync<InvalidOperationException>(ApplyAsync);
            _killed = false;
            File.Move(_host.At("guard"), _host.Layout.GuardFile);
            _addresses["eth1"].Add("192.168.24.1/24");
            if (byTimer)
            {
                Assert.True((await RevertAsync()).Changed);
                Assert.Empty(_addresses["eth1"]);
            }
            else
            {
                var result = await ApplyAsync();
                Assert.Contains("left an unconfirmed change of the network", Assert.Single(result.Notes));
                Assert.Equal("create", Assert.Single(result.Changes, change => change.Kind == "address").Action);
            }
        }
    }

    [Fact]
    public async Task Interface_of_an_SSH_session_becomes_no_port_without_consent()
    {
        _host.Answers["ss -Htnp state established"] = () => "0 0 10.0.0.2:22 10.0.0.77:50000 users:((\"sshd\",pid=1,fd=4))\n0 0 10.0.0.2:80 10.0.0.78:50000 users:((\"nginx\",pid=2,fd=4))\n";
        _host.Answers["ip -j -4 route show default"] = () => "";
        var network = new NetworkManifest { Bridges = [new("br-ctlplane", ["eth0"])], Interfaces = [new("eth0", []), new("br-ctlplane", ["192.168.24.1/24"])] };
        Assert.Contains("An SSH session is connected through", (await ApplyAsync(network)).Message);
        Assert.Empty(_host.Changes());
    }

    [Fact]
    public async Task Interface_with_consent_takes_its_addresses_and_routes_to_the_bridge_and_back()
    {
        _host.Answers["ip -4 route show dev eth0"] = () => "default via 10.0.0.1 \n10.0.0.0/24 proto kernel scope link src 10.0.0.2 \n";
        _host.Answers["ip -4 route show dev br-ctlplane"] = _host.Answers["ip -4 route show dev eth0"];
        var network = new NetworkManifest
        {
            Bridges = [new("br-ctlplane", ["eth0"])],
            Interfaces = [new("eth0", []), new("br-ctlplane", ["192.168.24.1/24"])],
            Consented = "eth0",
        };
        Assert.False((await ApplyAsync(network)).Failed);
        string[] there = ["ip link set br-ctlplane up", "ip address del 10.0.0.2/24 dev eth0", "ip address replace 10.0.0.2/24 dev br-ctlplane broadcast +", "ip -4 route replace default via 10.0.0.1 dev br-ctlplane"];
        Assert.Equal(there, _host.Calls.SkipWhile(call => !call.StartsWith("ip link set", StringComparison.Ordinal)).Where(call => !call.Contains("show")).Take(4));
        _host.Calls.Clear();
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => "br-ctlplane\n";
        _host.Answers["ovs-vsctl --timeout=20 list-ports br-ctlplane"] = () => "eth0\n";
        _addresses["br-ctlplane"] = ["10.0.0.2/24", "192.168.24.1/24"];
        _addresses["eth0"] = [];
        await Network().PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
        Assert.Equal(
            [
                "ip address del 192.168.24.1/24 dev br-ctlplane", "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane eth0", "ip link set eth0 up",
                "ip address del 10.0.0.2/24 dev br-ctlplane", "ip address replace 10.0.0.2/24 dev eth0 broadcast +", "ip -4 route replace default via 10.0.0.1 dev eth0",
                "ovs-vsctl --timeout=20 --if-exists del-br br-ctlplane",
            ],
            _host.Changes());
    }

    [Fact]
    public async Task Interface_with_consent_that_gives_way_to_another_gets_its_addresses_back_and_the_bridge_stays()
    {
        var network = new NetworkManifest { Bridges = [new("br-ctlplane", ["eth0"])], Interfaces = [new("br-ctlplane", [])], Consented = "eth0" };
        _host.Answers["ip -4 route show dev"] = () => "";
        Assert.False((await ApplyAsync(network)).Failed);
        _host.Calls.Clear();
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => "br-ctlplane\n";
        _host.Answers["ovs-vsctl --timeout=20 list-ports br-ctlplane"] = () => "eth0\neth1\n";
        var other = network with { Bridges = [new("br-ctlplane", ["eth1"])], Consented = null };
        await Network().PruneAsync(new() { Node = "n", Network = other }, check: false, CancellationToken.None);
        Assert.Equal(
            [
                "ovs-vsctl --timeout=20 --if-exists del-port br-ctlplane eth0", "ip link set eth0 up", "ip address del 10.0.0.2/24 dev br-ctlplane",
                "ip address replace 10.0.0.2/24 dev eth0 broadcast +",
            ],
            _host.Changes());
        Assert.True(new OwnedStore(_host.Layout).Load().Bridges["br-ctlplane"].Moved.IsEmpty);
    }

    [Fact]
    public async Task Hardware_address_of_a_bridge_is_put_back_too()
    {
        _cuts = true;
        _host.Answers["ovs-vsctl --timeout=20 list-br"] = () => "br-ctlplane\n";
        var hardware = "\"52:54:00:00:00:09\"";
        _host.Answers["ovs-vsctl --timeout=10 --if-exists get bridge br-ctlplane other_config:hwaddr"] = () => hardware;
        _host.Answers["ovs-vsctl --timeout=20 --may-exist add-port br-ctlplane eth1"] = () => hardware = "\"52:54:00:00:00:01\"";
        var network = new NetworkManifest { Bridges = [new("br-ctlplane", ["eth1"])], Interfaces = [new("eth1", ["192.168.24.1/24"])] };
        Assert.True((await ApplyAsync(network)).Failed);
        Assert.Contains("ovs-vsctl --timeout=10 set bridge br-ctlplane 'other_config:hwaddr=\"52:54:00:00:00:09\"'", _host.Calls);
    }

    [Fact]
    public async Task Start_of_the_host_goes_back_to_what_was_confirmed()
    {
        await ApplyAsync();
        _addresses["eth1"].Clear();
        _host.Calls.Clear();
        var bad = new NodeManifest { Node = "n", Network = new() { Interfaces = [new("eth1", ["10.0.0.1/24"])] } };
        await Network().RestoreAsync(bad, TimeSpan.Zero, check: false, CancellationToken.None);
        Assert.Equal(["ip address replace 192.168.24.1/24 dev eth1 broadcast +"], _host.Changes());
    }

    [Fact]
    public async Task Start_of_the_host_with_a_damaged_record_goes_to_what_is_wanted()
    {
        await ApplyAsync();
        File.WriteAllText(_host.Layout.ConfirmedNetworkFile, "{\"node\": ");
        _addresses["eth1"].Clear();
        _host.Calls.Clear();
        var wanted = new NodeManifest { Node = "n", Network = new() { Interfaces = [new("eth1", ["10.0.0.1/24"])] } };
        await Network().RestoreAsync(wanted, TimeSpan.Zero, check: false, CancellationToken.None);
        Assert.Equal(["ip address replace 10.0.0.1/24 dev eth1 broadcast +"], _host.Changes());
    }

    private void Cut(bool cut)
    {
        if (cut)
            _host.Failing["ping"] = "100% packet loss";
        else
            _host.Failing.Remove("ping");
    }

    private static string Link(string name, IEnumerable<string> addresses)
    {
        var list = addresses.Select(text => text.Split('/')).Select(pair => $$"""{"family":"inet","local":"{{pair[0]}}","prefixlen":{{pair[1]}}}""");
        return $$"""{"ifname":"{{name}}","flags":["UP"],"mtu":1500,"address":"52:54:00:00:00:01","addr_info":[{{string.Join(',', list)}}]}""";
    }

    private NodeNetwork Network() => new(_host.Layout, _host, new JumpingTime());

    private Task<NodeResult> ApplyAsync() => ApplyAsync(new NetworkManifest { Interfaces = [new("eth1", ["192.168.24.1/24"])] });

    private Task<NodeResult> ApplyAsync(NetworkManifest network) =>
        Network().ApplyAsync(new() { Node = "n", Network = network }, TimeSpan.Zero, check: false, CancellationToken.None);

    private Task<NodeResult> RevertAsync() => Network().RevertAsync(check: false);
}
