using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;

namespace Undercloud.Tests.Node;

/// <summary>Static routes and nameservers of the node itself.</summary>
public sealed class NodeRoutesTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly List<string> _routes = ["""{"dst":"default","gateway":"10.0.0.1","dev":"eth0"}""", """{"dst":"10.9.0.0/16","gateway":"10.0.0.9","dev":"eth0"}"""];

    public NodeRoutesTests()
    {
        _host.Answers["ip -j address show"] = () =>
            """[{"ifname":"eth1","flags":["UP"],"mtu":1500,"addr_info":[{"family":"inet","local":"192.168.24.1","prefixlen":24}]},{"ifname":"eth0","flags":["UP"],"mtu":1500,"addr_info":[]}]""";
        _host.Answers["ip -j -4 route show"] = () => $"[{string.Join(',', _routes)}]";
        _host.Answers["ip -j route get"] = () => """[{"dst":"10.0.0.1","dev":"eth0"}]""";
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Route_is_made_and_taken_away_again()
    {
        Assert.False((await ApplyAsync(Route("10.5.0.7/24", "192.168.24.254"))).Failed);
        Assert.Equal(["ip -4 route replace 10.5.0.0/24 via 192.168.24.254 dev eth1"], _host.Changes());
        _routes.Add("""{"dst":"10.5.0.0/24","gateway":"192.168.24.254","dev":"eth1"}""");
        Assert.False((await ApplyAsync(Route("10.5.0.0/24", "192.168.24.254"))).Changed);
        _host.Calls.Clear();
        await PruneAsync(Manifest());
        Assert.Equal(["ip -4 route del 10.5.0.0/24 via 192.168.24.254 dev eth1"], _host.Changes());
    }

    [Fact]
    public async Task Route_of_ours_gets_another_router_in_place()
    {
        await ApplyAsync(Route("10.5.0.0/24", "192.168.24.254"));
        _routes.Add("""{"dst":"10.5.0.0/24","gateway":"192.168.24.254","dev":"eth1"}""");
        _host.Calls.Clear();
        Assert.Equal("update", Assert.Single((await ApplyAsync(Route("10.5.0.0/24", "192.168.24.253"))).Changes).Action);
        Assert.Equal(["ip -4 route replace 10.5.0.0/24 via 192.168.24.253 dev eth1"], _host.Changes());
    }

    [Fact]
    public async Task Route_of_somebody_else_is_named_and_stays()
    {
        Assert.Contains("via 10.0.0.9 on eth0", (await ApplyAsync(Route("10.9.0.0/16", "192.168.24.254"))).Message);
        Assert.Contains("The default route", (await ApplyAsync(Route("0.0.0.0/0", "192.168.24.254"))).Message);
        Assert.Contains("no route", (await ApplyAsync(Route("fd00::/64", "192.168.24.254"))).Message);
        Assert.Empty(_host.Changes());
    }

    [Fact]
    public async Task Nameservers_come_first_in_the_file_and_go_again()
    {
        File.WriteAllText(_host.Layout.ResolverFile, "search example.org\nnameserver 10.0.0.1\n");
        await ApplyAsync(Manifest("192.0.2.1", "192.0.2.2"));
        Assert.Equal(
            "# BEGIN undercloud nameservers\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n# END undercloud nameservers\nsearch example.org\nnameserver 10.0.0.1\n",
            File.ReadAllText(_host.Layout.ResolverFile));
        Assert.False((await ApplyAsync(Manifest("192.0.2.1", "192.0.2.2"))).Changed);
        Assert.True((await ApplyAsync(Manifest("192.0.2.9"))).Changed);
        await PruneAsync(new NetworkManifest());
        Assert.Equal("search example.org\nnameserver 10.0.0.1\n", File.ReadAllText(_host.Layout.ResolverFile));
        Assert.Null(new OwnedStore(_host.Layout).Load().Resolver);
    }

    [Fact]
    public async Task Systemd_resolved_is_told_in_a_file_of_its_own()
    {
        File.CreateSymbolicLink(_host.Layout.ResolverFile, "/run/systemd/resolve/stub-resolv.conf");
        await ApplyAsync(Manifest("192.0.2.1"));
        Assert.Contains("DNS=192.0.2.1\n", File.ReadAllText(_host.At("resolved.conf.d/undercloud.conf")));
        Assert.Contains("systemctl try-restart systemd-resolved.service", _host.Calls);
        Assert.False((await ApplyAsync(Manifest("192.0.2.1"))).Changed);
        await PruneAsync(new NetworkManifest());
        Assert.False(Directory.Exists(_host.Layout.ResolvedDirectory));
    }

    private static NetworkManifest Route(string destination, string via) =>
        new() { Interfaces = [new("eth1", ["192.168.24.1/24"]) { Routes = [new(destination, via)] }] };

    private static NetworkManifest Manifest(params string[] nameservers) => new() { Interfaces = [new("eth1", ["192.168.24.1/24"])], Nameservers = nameservers };

    private Task<NodeResult> ApplyAsync(NetworkManifest network) => new NodeNetwork(_host.Layout, _host, new JumpingTime()).ApplyAsync(
        new() { Node = "n", Network = network }, TimeSpan.Zero, check: false, CancellationToken.None);

    private Task<NodeResult> PruneAsync(NetworkManifest network) => new NodeNetwork(_host.Layout, _host, new JumpingTime()).PruneAsync(
        new() { Node = "n", Network = network }, check: false, CancellationToken.None);
}
