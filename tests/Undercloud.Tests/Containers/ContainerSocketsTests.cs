using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerSocketsTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Systemd_listens_for_a_service_and_its_unit_needs_the_sockets()
    {
        await _host.GoodAsync([Api("api")]);
        var sockets = File.ReadAllText(SocketsOf("api"));
        Assert.Contains("\nListenStream=192.168.24.1:5000\nListenStream=[fd00::1]:5000\nFreeBind=true\n", sockets, StringComparison.Ordinal);
        Assert.Contains("\nRequires=tripleo_api.socket\nAfter=tripleo_api.socket\n", File.ReadAllText(UnitOf("api")), StringComparison.Ordinal);
        Assert.Contains("systemctl enable --quiet --no-reload tripleo_api.socket tripleo_api.service", _host.Lines);
        _host.Forget();
        await _host.GoodAsync([Api("api")]);
        Assert.Equal(0, _host.Changes);
    }

    [Fact]
    public async Task A_service_is_replaced_in_one_restart_of_its_unit_that_swaps_the_containers()
    {
        await _host.GoodAsync([Api("api")]);
        var former = _host.Find("api")!.Id;
        _host.Forget();
        await _host.GoodAsync([Api("api", "2")]);
        Assert.Equal(
            ["podman create --name=api.next", "systemctl reset-failed tripleo_api.service", "systemctl restart tripleo_api.service"],
            _host.Lines.Where(line => line.StartsWith("podman create", StringComparison.Ordinal) || (line.StartsWith("systemctl", StringComparison.Ordinal) && !line.Contains("show", StringComparison.Ordinal)))
                .Select(line => string.Join(' ', line.Split(' ').Take(3))));
        Assert.NotEqual(former, _host.Find("api")!.Id);
        Assert.Null(_host.Find("api.next"));
    }

    [Fact]
    public async Task A_container_that_the_unit_did_not_swap_is_made_anew()
    {
        await _host.GoodAsync([Api("api")]);
        _host.SwapFails = true;
        await _host.GoodAsync([Api("api", "2")]);
        Assert.Equal("running", _host.Find("api")!.State);
        Assert.Null(_host.Find("api.next"));
        _host.Forget();
        await _host.GoodAsync([Api("api", "2")]);
        Assert.Equal(0, _host.Changes);
    }

    [Fact]
    public async Task Of_several_services_with_sockets_the_next_is_replaced_when_the_one_before_is_healthy()
    {
        await _host.GoodAsync([Api("a"), Api("b")]);
        _host.Forget();
        _host.Unhealthy.Add("a");
        var result = await _host.ApplyAsync([Api("a", "2"), Api("b", "2")]);
        Assert.True(result.Failed);
        Assert.Equal(-1, _host.IndexOf("systemctl restart tripleo_b.service"));
        _host.Unhealthy.Clear();
        await _host.GoodAsync([Api("a", "2"), Api("b", "2")]);
        Assert.NotEqual(-1, _host.IndexOf("systemctl restart tripleo_b.service"));
    }

    [Fact]
    public async Task Sockets_with_other_addresses_stay_open_until_their_service_is_replaced()
    {
        await _host.GoodAsync([Api("api")]);
        _host.Forget();
        await _host.GoodAsync([Api("api", port: 5001)]);
        int[] order =
        [
            _host.IndexOf("systemctl daemon-reload"), _host.IndexOf("podman create --name=api.next"), _host.IndexOf("systemctl stop tripleo_api.socket tripleo_api.service"),
            _host.IndexOf("systemctl restart tripleo_api.service"),
        ];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.Contains(":5001", File.ReadAllText(SocketsOf("api")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_whose_sockets_get_other_addresses_do_not_wait_for_each_other()
    {
        await _host.GoodAsync([Api("a"), Api("b", port: 5100)]);
        _host.Forget();
        _host.Unhealthy.Add("a");
        Assert.True((await _host.ApplyAsync([Api("a", port: 5001), Api("b", port: 5101)])).Failed);
        Assert.NotEqual(-1, _host.IndexOf("systemctl restart tripleo_b.service"));
    }

    [Fact]
    public async Task A_service_that_held_its_port_itself_is_stopped_before_systemd_listens_there()
    {
        await _host.GoodAsync([Specs.Service("api")]);
        _host.Forget();
        await _host.GoodAsync([Api("api")]);
        Assert.True(_host.IndexOf("systemctl stop tripleo_api.socket tripleo_api.service") is >= 0 and var stopped && _host.IndexOf("systemctl restart tripleo_api.service") > stopped);
        _host.Forget();
        await _host.GoodAsync([Specs.Service("api")]);
        Assert.NotEqual(-1, _host.IndexOf("systemctl stop tripleo_api.socket tripleo_api.service"));
        Assert.False(File.Exists(SocketsOf("api")));
    }

    [Fact]
    public async Task Sockets_that_somebody_changed_are_opened_again_as_planned()
    {
        await _host.GoodAsync([Api("api")]);
        File.WriteAllText(SocketsOf("api"), "[Socket]\nListenStream=1\n");
        var result = await _host.GoodAsync([Api("api")]);
        Assert.Equal(("start", "sockets differ"), (result.Changes.Single().Action, result.Changes.Single().Reason));
        Assert.Contains("192.168.24.1:5000", File.ReadAllText(SocketsOf("api")), StringComparison.Ordinal);
        Assert.Equal("running", _host.Find("api")!.State);
    }

    [Fact]
    public async Task A_service_that_is_no_longer_wanted_goes_with_its_sockets()
    {
        await _host.GoodAsync([Api("api")]);
        await _host.GoodAsync([]);
        Assert.NotEqual(-1, _host.IndexOf("systemctl stop tripleo_api.socket tripleo_api.service"));
        Assert.Empty(Directory.EnumerateFiles(_host.Paths.UnitDirectory));
    }

    [Theory]
    [InlineData("""{"image": "i", "replace_order": "both"}""", "CTR005", "stop-first, start-first, load-first")]
    [InlineData("""{"image": "i", "detach": false, "replace_order": "load-first"}""", "CTR005", "load-first is for a service")]
    [InlineData("""{"image": "i", "detach": false, "replace_order": "start-first"}""", "CTR005", "start-first is for a service")]
    [InlineData("""{"image": "i", "outlive": "ns.service"}""", "CTR005", "'net: host' and 'pid: host'")]
    [InlineData("""{"image": "i", "net": "host", "pid": "host", "outlive": "ns"}""", "CTR005", "it names the systemd unit")]
    [InlineData("""{"image": "i", "drain": {"timeout": 5}}""", "CTR005", "exit code 75")]
    [InlineData("""{"image": "i", "drain": {"test": "t", "until": 5}}""", "CTR004", "until")]
    [InlineData("""{"image": "i", "detach": false, "drain": {"test": "t"}}""", "CTR005", "only a service has it")]
    [InlineData("""{"image": "i", "listen": ["here:80"]}""", "CTR005", "'here:80' is no address of a socket")]
    [InlineData("""{"image": "i", "listen": ["10.0.0.1:80\nExecStart=x"]}""", "CTR005", "is no address of a socket")]
    [InlineData("""{"image": "i", "detach": false, "listen": ["10.0.0.1:80"]}""", "CTR005", "only a service has it")]
    [InlineData("""{"image": "i", "pause_for": ["db"]}""", "CTR005", "no effect without 'pause_signal'")]
    [InlineData("""{"image": "i", "pause_for_stop": ["db"]}""", "CTR005", "no effect without 'pause_signal'")]
    [InlineData("""{"image": "i", "pause_signal": "stop it"}""", "CTR005", "'stop it' is no signal")]
    public void What_is_no_socket_or_signal_is_a_finding(string json, string code, string said)
    {
        var finding = Assert.Single(Specs.Findings(json));
        Assert.Equal(code, finding.Code);
        Assert.Contains(said, $"{finding}", StringComparison.Ordinal);
    }

    private string SocketsOf(string name) => Path.Combine(_host.Paths.UnitDirectory, ContainerUnit.SocketNameOf(name));

    private string UnitOf(string name) => Path.Combine(_host.Paths.UnitDirectory, ContainerUnit.NameOf(name));

    private static ContainerSpec Api(string name, string version = "1", int port = 5000) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "listen": ["192.168.24.1:{{{port}}}", "[fd00::1]:{{{port}}}"], "healthcheck": {"test": "ask me"}}""", name);
}
