using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;

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

    [Fact]
    public async Task Services_wait_while_what_they_use_is_replaced_and_go_on_when_it_is_healthy()
    {
        await _host.GoodAsync([Database(), Waiting("api"), Specs.Service("other")]);
        _host.Forget();
        await _host.GoodAsync([Database("2"), Waiting("api"), Specs.Service("other")]);
        Assert.Equal(["SIGTSTP", "SIGTSTP"], _host.Find("api")!.Signals);
        Assert.Empty(_host.Find("other")!.Signals);
        var signals = _host.Lines.Select((line, index) => (line, index)).Where(pair => pair.line.StartsWith("kill -s TSTP", StringComparison.Ordinal)).Select(pair => pair.index).ToList();
        Assert.True(_host.IndexOf("podman create --name=db.next") is >= 0 and var made && made < signals[0] && signals[0] < _host.IndexOf("systemctl restart tripleo_db.service"));
        Assert.True(signals[1] > _host.IndexOf("podman healthcheck run db"));
    }

    [Fact]
    public async Task Threads_that_take_one_more_request_are_taken_before_the_replacement()
    {
        var waiting = WaitingApi();
        await _host.GoodAsync([Database(), waiting]);
        _host.IdleThreads = 4;
        await _host.GoodAsync([Database("2"), waiting]);
        Assert.Equal(-1, _host.IdleThreads);
    }

    [Fact]
    public async Task Requests_that_are_being_answered_end_before_the_replacement()
    {
        var waiting = WaitingApi();
        await _host.GoodAsync([Database(), waiting]);
        _host.Forget();
        _host.Requests = 3;
        await _host.GoodAsync([Database("2"), waiting]);
        Assert.Equal(-1, _host.Requests);
    }

    [Fact]
    public async Task Services_with_sockets_are_replaced_before_those_that_others_wait_for()
    {
        var waiting = Specs.Read("{\"image\": \"k:1\", \"restart\": \"always\", \"pause_signal\": \"SIGTSTP\", \"pause_for\": [\"db\"]}", "z");
        await _host.GoodAsync([Database(), Api("frontend"), waiting]);
        _host.Forget();
        await _host.GoodAsync([Database("2"), Api("frontend", "2"), waiting]);
        Assert.True(_host.IndexOf("systemctl restart tripleo_frontend.service") is >= 0 and var first && first < _host.IndexOf("systemctl restart tripleo_db.service"));
    }

    [Fact]
    public async Task A_former_container_gets_the_signal_for_its_replacement_before_the_unit_is_restarted()
    {
        static ContainerSpec Keepalived(string version) => Specs.Read("{\"image\": \"k:1\", \"restart\": \"always\", \"environment\": {\"V\": \"" + version + "\"}, \"replace_signal\": \"SIGKILL\"}", "keepalived");
        await _host.GoodAsync([Keepalived("1")]);
        var former = _host.Find("keepalived")!;
        Assert.Equal(-1, _host.IndexOf("podman kill"));
        await _host.GoodAsync([Keepalived("2")]);
        Assert.Equal(["SIGKILL"], former.Signals);
        Assert.True(_host.IndexOf("podman kill --signal=SIGKILL") is >= 0 and var killed && killed < _host.Lines.ToList().FindLastIndex(line => line == "systemctl restart tripleo_keepalived.service"));
    }

    [Fact]
    public async Task Services_go_on_when_the_replacement_fails()
    {
        await _host.GoodAsync([Database(), Waiting("api")]);
        _host.Failing["systemctl restart tripleo_db"] = (1, "Job failed");
        Assert.True((await _host.ApplyAsync([Database("2"), Waiting("api")])).Failed);
        Assert.Equal(["SIGTSTP", "SIGTSTP"], _host.Find("api")!.Signals);
    }

    [Fact]
    public async Task A_service_that_was_started_meanwhile_does_not_get_the_second_signal()
    {
        await _host.GoodAsync([Database(), Waiting("api")]);
        _host.AtRestart = () => _host.Find("api")!.Process = 4711;
        await _host.GoodAsync([Database("2"), Waiting("api")]);
        Assert.Equal(["SIGTSTP"], _host.Find("api")!.Signals);
    }

    [Fact]
    public async Task Services_that_a_killed_apply_left_waiting_go_on_at_the_next_one()
    {
        var waiting = WaitingApi();
        await _host.GoodAsync([Database(), waiting]);
        var api = _host.Find("api")!;
        File.WriteAllText(_host.Paths.WaitingFile, $"{api.Id} {api.Process} SIGTSTP\nanother 1 SIGTSTP\n");
        _host.IdleThreads = 2;
        await _host.GoodAsync([Database(), waiting]);
        Assert.Equal(["SIGTSTP"], api.Signals);
        Assert.False(File.Exists(_host.Paths.WaitingFile));
    }

    [Fact]
    public async Task A_service_that_answers_does_not_get_the_signal_of_a_killed_apply()
    {
        var waiting = WaitingApi();
        await _host.GoodAsync([Database(), waiting]);
        var api = _host.Find("api")!;
        File.WriteAllText(_host.Paths.WaitingFile, $"{api.Id} {api.Process} SIGTSTP\n");
        _host.IdleThreads = 1000;
        await _host.GoodAsync([Database(), waiting]);
        Assert.Empty(api.Signals);
        Assert.False(File.Exists(_host.Paths.WaitingFile));
    }

    [Fact]
    public async Task A_service_in_the_middle_of_work_is_replaced_when_the_work_is_done()
    {
        await _host.GoodAsync([Working("1")]);
        _host.Forget();
        _host.Busy = 3;
        await _host.GoodAsync([Working("2")]);
        Assert.Equal(4, _host.Lines.Count(line => line == "podman exec worker /bin/sh -c is-idle"));
        Assert.True(_host.IndexOf("podman create --name=worker.next") is >= 0 and var made && _host.IndexOf("systemctl restart tripleo_worker.service") > _host.Lines.ToList().FindLastIndex(line => line.StartsWith("podman exec", StringComparison.Ordinal)) && made < _host.IndexOf("podman exec worker"));
    }

    [Fact]
    public async Task A_service_whose_work_does_not_end_is_replaced_after_the_stated_time()
    {
        await _host.GoodAsync([Working("1")]);
        _host.Forget();
        _host.Busy = int.MaxValue;
        await _host.GoodAsync([Working("2")]);
        Assert.InRange(_host.Lines.Count(line => line == "podman exec worker /bin/sh -c is-idle"), 60, 62);
        Assert.NotEqual(-1, _host.IndexOf("systemctl restart tripleo_worker.service"));
    }

    [Fact]
    public async Task Clients_of_a_service_that_waits_for_its_work_wait_only_for_its_replacement()
    {
        var client = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["worker"]}""", "api");
        await _host.GoodAsync([Working("1"), client]);
        _host.Forget();
        _host.Busy = 5;
        await _host.GoodAsync([Working("2"), client]);
        var lines = _host.Lines.ToList();
        var (signal, restart) = (lines.FindIndex(line => line.StartsWith("kill -s TSTP", StringComparison.Ordinal)), lines.IndexOf("systemctl restart tripleo_worker.service"));
        Assert.Equal(6, lines.Take(signal).Count(line => line == "podman exec worker /bin/sh -c is-idle"));
        Assert.Equal(1, lines.Skip(signal).Take(restart - signal).Count(line => line == "podman exec worker /bin/sh -c is-idle"));
    }

    [Fact]
    public async Task A_new_drain_replaces_no_container()
    {
        await _host.GoodAsync([Working("1")]);
        Assert.False((await _host.GoodAsync([Working("1") with { Drain = new("another", 1) }])).Changed);
        Assert.False((await _host.GoodAsync([Working("1") with { Drain = null }])).Changed);
    }

    [Fact]
    public async Task Services_that_wait_for_the_end_of_a_container_go_on_before_its_successor_is_healthy()
    {
        var api = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for_stop": ["db"]}""", "api");
        await _host.GoodAsync([Database(), Waiting("other"), api]);
        _host.Forget();
        _host.AtRestart = () => Assert.Equal(["SIGTSTP"], _host.Find("api")!.Signals);

        // The new container is not healthy before the service has gone on.
        _host.Unhealthy.Add("db");
        _host.AtSignal = () =>
        {
            if (_host.Find("api")!.Signals.Count == 2)
                _host.Unhealthy.Clear();
        };
        await _host.GoodAsync([Database("2"), Waiting("other"), api]);
        Assert.Equal(["SIGTSTP", "SIGTSTP"], _host.Find("api")!.Signals);
        Assert.Equal(["SIGTSTP", "SIGTSTP"], _host.Find("other")!.Signals);
        var signals = _host.Lines.Index().Where(line => line.Item.StartsWith("kill -s TSTP", StringComparison.Ordinal)).Select(line => line.Index).ToList();
        Assert.Equal(3, signals.Count);
        Assert.True(signals[1] < _host.IndexOf("podman healthcheck run db") && signals[2] > _host.IndexOf("podman healthcheck run db"), string.Join('\n', _host.Lines));
    }

    [Fact]
    public async Task Servers_in_namespaces_go_to_another_unit_before_their_container_is_replaced()
    {
        await _host.GoodAsync([Agent("1")]);
        _host.Servers[_host.Find("agent")!.Id] = [7, 19];
        await _host.GoodAsync([Agent("2")]);
        var attached = _host.IndexOf("busctl --quiet call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager AttachProcessesToUnit ssau ns.service '' 2 7 19");
        Assert.Contains("\nExecStop=-/bin/kill -KILL $MAINPID\n", File.ReadAllText(UnitOf("agent")), StringComparison.Ordinal);
        Assert.True(attached >= 0 && attached < _host.Lines.ToList().FindLastIndex(line => line == "systemctl restart tripleo_agent.service"));
        _host.Forget();
        await _host.GoodAsync([Agent("3")]);
        Assert.Equal(-1, _host.IndexOf("busctl"));
        var former = _host.Find("agent")!.Id;
        await _host.GoodAsync([Agent("3") with { Outlive = null }]);
        Assert.Equal(former, _host.Find("agent")!.Id);
    }

    [Fact]
    public void The_processes_of_a_container_in_other_network_namespaces_are_found()
    {
        var proc = Directory.CreateTempSubdirectory("undercloud-proc-").FullName;
        try
        {
            Add("self", "other", "net:[1]");
            Add("12", "libpod-aa", "net:[1]");
            Add("13", "libpod-aa", "net:[2]");
            Add("14", "libpod-bb", "net:[2]");
            Add("9", "libpod-aa", "net:[3]");
            Directory.CreateDirectory(Path.Combine(proc, "15"));
            Assert.Equal([9, 13], NamespaceServers.Of("aa", proc));

            // systemd has moved the process in its own hierarchy and in that of the processors; the other one is left.
            var groups = Directory.CreateDirectory(Path.Combine(proc, "groups")).FullName;
            foreach (var group in new[] { "cpu,cpuacct", "freezer", "systemd" })
                Directory.CreateDirectory(Path.Combine(groups, group));
            File.WriteAllText(Path.Combine(proc, "13", "cgroup"), "9:name=systemd:/system.slice/ns.service\n8:freezer:/machine.slice/libpod-aa.scope/container\n7:cpu,cpuacct:/system.slice/ns.service\n0::/machine.slice/libpod-aa.scope\n");
            NamespaceServers.Leave("aa", [13, 99], proc, groups);
            Assert.Equal([Path.Combine(groups, "freezer", "cgroup.procs")], Directory.EnumerateFiles(groups, "*", SearchOption.AllDirectories));
            Assert.Equal("13", File.ReadAllText(Path.Combine(groups, "freezer", "cgroup.procs")));
        }
        finally
        {
            Directory.Delete(proc, recursive: true);
        }

        void Add(string process, string group, string network)
        {
            var space = Directory.CreateDirectory(Path.Combine(proc, process, "ns")).FullName;
            File.CreateSymbolicLink(Path.Combine(space, "net"), network);
            File.WriteAllText(Path.Combine(proc, process, "cgroup"), $"0::/machine.slice/{group}.scope/container\n");
        }
    }

    [Fact]
    public async Task A_service_that_is_started_first_works_until_the_new_container_is_healthy_and_nobody_waits()
    {
        var client = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["engine"]}""", "api");
        await _host.GoodAsync([ContainerSets.Engine("1"), client]);
        _host.Forget();
        var former = _host.Find("engine")!.Id;
        File.WriteAllText(_host.At("tripleo_engine.pid"), "4711\n");
        await _host.GoodAsync([ContainerSets.Engine("2"), client]);
        Assert.Null(_host.Find("engine.next"));
        Assert.Equal("running", _host.Find("engine")!.State);
        Assert.Equal(-1, _host.IndexOf("kill"));
        Assert.True(_host.IndexOf("podman exec engine.next /bin/sh -c 'ask me'") is >= 0 and var asked && asked < _host.IndexOf($"podman stop --ignore {former}"));

        // The unit goes on with the new container.
        Assert.Contains("\nDelegate=yes\n", File.ReadAllText(UnitOf("engine")), StringComparison.Ordinal);
        Assert.NotEqual(-1, _host.IndexOf("busctl --quiet call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager AttachProcessesToUnit ssau tripleo_engine.service '' 1 4711"));
        Assert.Equal(-1, _host.IndexOf("systemctl restart tripleo_engine.service"));

        // The container outlives the run, which its mark would contradict.
        Assert.Contains("env -u UNDERCLOUD_LOCK podman start engine.next", _host.Lines);
    }

    [Theory]
    [InlineData(true, "has ended 4 times")]
    [InlineData(false, "is not healthy after")]
    public async Task A_service_goes_on_when_the_container_that_is_started_first_fails(bool ends, string why)
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        var former = _host.Find("engine")!.Id;
        (ends ? _host.Ending : _host.Unhealthy).Add("engine.next");
        var failed = await _host.ApplyAsync([ContainerSets.Engine("2")]);
        Assert.True(failed.Failed);
        Assert.Contains(why, failed.Message, StringComparison.Ordinal);
        Assert.Contains("The former container still runs.", failed.Message, StringComparison.Ordinal);
        Assert.Equal((former, "running"), (_host.Find("engine")!.Id, _host.Find("engine")!.State));
        Assert.Null(_host.Find("engine.next"));
    }

    [Fact]
    public async Task A_container_that_is_started_first_and_ends_is_started_again()
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        _host.Forget();
        _host.Ending.Add("engine.next");
        _host.AtStart = () =>
        {
            if (_host.Lines.Count(line => line.EndsWith("podman start engine.next", StringComparison.Ordinal)) == 3)
                _host.Ending.Clear();
        };
        await _host.GoodAsync([ContainerSets.Engine("2")]);
        Assert.Equal("running", _host.Find("engine")!.State);
    }

    [Fact]
    public async Task Services_that_are_started_first_come_after_those_that_clients_wait_for()
    {
        await _host.GoodAsync([ContainerSets.Engine("1"), Api("frontend") with { StartOrder = 5 }]);
        _host.Forget();
        await _host.GoodAsync([ContainerSets.Engine("2"), Api("frontend", "2") with { StartOrder = 5 }]);
        Assert.True(_host.IndexOf("systemctl restart tripleo_frontend.service") is >= 0 and var restarted && restarted < _host.IndexOf("env -u"));
    }

    [Fact]
    public async Task A_service_that_does_not_run_is_replaced_without_a_container_beside_it()
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        _host.Find("engine")!.State = "exited";
        await _host.GoodAsync([ContainerSets.Engine("2")]);
        Assert.Equal(-1, _host.IndexOf("env"));
        Assert.Equal("running", _host.Find("engine")!.State);
    }

    [Fact]
    public void A_service_without_a_health_check_is_not_started_first() =>
        Assert.False(Specs.Read("""{"image": "k:1", "restart": "always", "replace_order": "start-first"}""", "engine").StartFirst);

    [Fact]
    public async Task Another_order_of_replacement_replaces_no_container()
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        var former = _host.Find("engine")!.Id;
        await _host.GoodAsync([ContainerSets.Engine("1") with { StartFirst = false }]);
        Assert.Equal(former, _host.Find("engine")!.Id);
    }

    [Theory]
    [InlineData("""{"image": "i", "replace_order": "both"}""", "CTR005", "start-first or stop-first")]
    [InlineData("""{"image": "i", "replace_order": "start-first", "healthcheck": {"test": "t"}, "listen": ["10.0.0.1:80"]}""", "CTR005", "for a service without sockets")]
    [InlineData("""{"image": "i", "detach": false, "replace_order": "start-first"}""", "CTR005", "for a service without sockets")]
    [InlineData("""{"image": "i", "outlive": "ns.service"}""", "CTR005", "'net: host' and 'pid: host'")]
    [InlineData("""{"image": "i", "net": "host", "pid": "host", "outlive": "ns"}""", "CTR005", "it names the systemd unit")]
    [InlineData("""{"image": "i", "drain": {"timeout": 5}}""", "CTR005", "exit code 75")]
    [InlineData("""{"image": "i", "drain": {"test": "t", "until": 5}}""", "CTR004", "until")]
    [InlineData("""{"image": "i", "detach": false, "drain": {"test": "t"}}""", "CTR005", "only a service has it")]
    [InlineData("""{"image": "i", "listen": ["here:80"]}""", "CTR005", "'here:80' is no address of a socket")]
    [InlineData("""{"image": "i", "listen": ["10.0.0.1:80\nExecStart=x"]}""", "CTR005", "is no address of a socket")]
    [InlineData("""{"image": "i", "detach": false, "listen": ["10.0.0.1:80"]}""", "CTR005", "only a service has it")]
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

    private static ContainerSpec Database(string version = "1") =>
        Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "healthcheck": {"test": "ask me"}}""", "db");

    private static ContainerSpec Agent(string version) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "net": "host", "pid": "host", "outlive": "ns.service"}""", "agent");

    private static ContainerSpec Working(string version) =>
        Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "drain": {"test": "is-idle", "timeout": "2m"}}""", "worker");

    private static ContainerSpec WaitingApi() =>
        Specs.Read("""{"image": "k:1", "restart": "always", "listen": ["192.168.24.1:5000"], "pause_signal": "SIGTSTP", "pause_for": ["db"]}""", "api");

    private static ContainerSpec Waiting(string name) => Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["db"]}""", name);
}
