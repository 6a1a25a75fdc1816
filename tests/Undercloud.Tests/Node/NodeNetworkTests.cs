using Undercloud.Deploy.Manifests;
using Undercloud.Host.Node;

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

    [Fact]
    public async Task Interface_that_appears_late_at_boot_is_waited_for()
    {
        var asked = 0;
        _host.Answers["ip -j address show"] = () => $"[{string.Join(',', ++asked < 20 ? _links.Take(2) : _links)}]";
        var result = await ApplyAsync("eth1", "192.168.24.1/24");
        Assert.False(result.Failed);
        Assert.Equal(20, asked);
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
        Assert.Contains("10.0.0.2/24 is on eth0 already", result.Message);
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

    private static string Link(string name, string flag, params string[] addresses)
    {
        var list = addresses.Select(text => text.Split('/')).Select(pair => $$"""{"family":"inet","local":"{{pair[0]}}","prefixlen":{{pair[1]}}}""");
        return $$"""{"ifname":"{{name}}","flags":["{{flag}}"],"mtu":1500,"addr_info":[{{string.Join(',', list)}}]}""";
    }

    private IEnumerable<string> Changes() => _host.Calls.Where(call => !call.StartsWith("ip -j", StringComparison.Ordinal));

    private Task<NodeResult> ApplyAsync(string link, params string[] addresses) =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).ApplyAsync(
            new() { Node = "n", Network = new() { Interfaces = [new(link, addresses)] } },
            TimeSpan.FromSeconds(30),
            check: false,
            CancellationToken.None);

    private Task<NodeResult> PruneAsync() =>
        new NodeNetwork(_host.Layout, _host, new JumpingTime()).PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
}
