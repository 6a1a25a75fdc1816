using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;

namespace Undercloud.Tests.Node;

public sealed class NodeFirewallTests : IDisposable
{
    private const string List = "nft --stateless list table inet undercloud";
    private readonly FakeHost _host = new();
    private string _rules = "table inet undercloud {}";

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Table_that_is_not_there_is_loaded_and_then_left_alone()
    {
        _host.Failing[List] = "Error: No such file or directory";
        Assert.Contains("not loaded", Assert.Single((await ApplyAsync(check: true)).Changes).Reason);
        Assert.Single(_host.Calls);
        _host.Answers["nft -f /etc/undercloud/firewall.nft"] = () =>
        {
            _host.Failing.Clear();
            return "";
        };
        _host.Answers[List] = () => "as nft shows it";
        Assert.Equal("create", Assert.Single((await ApplyAsync()).Changes).Action);
        Assert.False((await ApplyAsync()).Changed);
    }

    [Fact]
    public async Task Other_rules_and_a_table_that_somebody_changed_are_loaded_anew()
    {
        var shown = "one";
        _host.Answers[List] = () => shown;
        await ApplyAsync();
        _rules = "table inet undercloud { }";
        Assert.Equal("its rules differ", Assert.Single((await ApplyAsync()).Changes).Reason);
        shown = "another";
        Assert.Equal("it was changed since it was loaded", Assert.Single((await ApplyAsync(check: true)).Changes).Reason);
        Assert.Equal("it was changed since it was loaded", Assert.Single((await ApplyAsync()).Changes).Reason);
        Assert.False((await ApplyAsync()).Changed);
    }

    [Fact]
    public async Task Table_goes_when_it_is_ours_and_no_longer_wanted()
    {
        _host.Answers[List] = () => "theirs";
        Assert.False((await PruneAsync()).Changed);
        await ApplyAsync();
        _host.Calls.Clear();
        Assert.Equal("remove", Assert.Single((await PruneAsync()).Changes).Action);
        Assert.Contains("nft delete table inet undercloud", _host.Calls);
        Assert.Null(new OwnedStore(_host.Layout).Load().Firewall);
    }

    [Fact]
    public async Task Without_nft_an_apply_says_what_to_install()
    {
        _host.Missing.Add("nft");
        Assert.Single((await ApplyAsync(check: true)).Changes);
        Assert.Contains("apt-get install nftables", (await ApplyAsync()).Message);
    }

    [Fact]
    public async Task Rules_that_nft_does_not_take_are_shown_with_what_it_says()
    {
        _host.Failing["nft -f"] = "syntax error, unexpected drop";
        var result = await ApplyAsync();
        Assert.True(result.Failed);
        Assert.Contains("unexpected drop", result.Message);
    }

    [Fact]
    public async Task Kernel_setting_is_given_back_as_it_was()
    {
        Directory.CreateDirectory(_host.At("sys/net/ipv4"));
        File.WriteAllText(_host.At("sys/net/ipv4/ip_forward"), "0\n");
        var manifest = new NodeManifest { Node = "n", Network = new() { KernelSettings = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1" } } };
        var network = new NodeNetwork(_host.Layout, _host, new JumpingTime());
        Assert.Equal("1, was 0", Assert.Single((await network.ApplyAsync(manifest, TimeSpan.Zero, check: false, CancellationToken.None)).Changes).Reason);
        Assert.False((await network.ApplyAsync(manifest, TimeSpan.Zero, check: false, CancellationToken.None)).Changed);
        Assert.Equal("1\n", File.ReadAllText(_host.At("sys/net/ipv4/ip_forward")));
        await network.PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
        Assert.Equal("0\n", File.ReadAllText(_host.At("sys/net/ipv4/ip_forward")));
        Assert.False(File.Exists(_host.Layout.OwnedFile));
    }

    [Fact]
    public async Task Host_that_forwards_IPv6_goes_on_listening_to_routers()
    {
        foreach (var (path, value) in new[] { ("all/forwarding", "0"), ("all/accept_ra", "1"), ("eth0/accept_ra", "1"), ("eth1/accept_ra", "0") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_host.At($"sys/net/ipv6/conf/{path}"))!);
            File.WriteAllText(_host.At($"sys/net/ipv6/conf/{path}"), value + "\n");
        }

        var manifest = new NodeManifest { Node = "n", Network = new() { KernelSettings = new Dictionary<string, string> { ["net.ipv6.conf.all.forwarding"] = "1" } } };
        var network = new NodeNetwork(_host.Layout, _host, new JumpingTime());
        var result = await network.ApplyAsync(manifest, TimeSpan.Zero, check: false, CancellationToken.None);
        Assert.Equal(["net.ipv6.conf.eth0.accept_ra", "net.ipv6.conf.all.forwarding"], result.Changes.Select(change => change.Name));
        Assert.False((await network.PruneAsync(manifest, check: true, CancellationToken.None)).Changed);
        await network.PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
        Assert.Equal("1\n", File.ReadAllText(_host.At("sys/net/ipv6/conf/eth0/accept_ra")));
    }

    private Task<NodeResult> ApplyAsync(bool check = false) => new NodeFirewall(_host.Layout, _host).ApplyAsync(
        new()
        {
            Node = "n",
            Firewall = new("/etc/undercloud/firewall.nft"),
            Files = new() { Files = [new("/etc/undercloud/firewall.nft", 0, 0, "0600", _rules)] },
        },
        check,
        CancellationToken.None);

    private Task<NodeResult> PruneAsync() => new NodeFirewall(_host.Layout, _host).PruneAsync(new() { Node = "n" }, check: false, CancellationToken.None);
}
