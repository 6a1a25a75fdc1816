using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerReplacementTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

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
    public async Task A_new_drain_replaces_no_container()
    {
        await _host.GoodAsync([Working("1")]);
        Assert.False((await _host.GoodAsync([Working("1") with { Drain = new("another", 1) }])).Changed);
        Assert.False((await _host.GoodAsync([Working("1") with { Drain = null }])).Changed);
    }

    [Fact]
    public async Task Servers_in_namespaces_go_to_another_unit_before_their_container_is_replaced()
    {
        await _host.GoodAsync([Agent("1")]);
        _host.AddProcess("self", "other", "net:[1]");
        _host.AddProcess("7", _host.Find("agent")!.Id, "net:[2]");
        _host.AddProcess("19", _host.Find("agent")!.Id, "net:[2]");
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
        Assert.True(_host.IndexOf("podman exec engine.next /bin/sh -c 'ask me'") is >= 0 and var asked && asked < _host.IndexOf($"podman stop --ignore --time=600 {former}"));

        // The unit goes on with the new container.
        Assert.Contains("\nDelegate=yes\n", File.ReadAllText(UnitOf("engine")), StringComparison.Ordinal);
        Assert.NotEqual(-1, _host.IndexOf("busctl --quiet call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager AttachProcessesToUnit ssau tripleo_engine.service '' 1 4711"));
        Assert.Equal(-1, _host.IndexOf("systemctl restart tripleo_engine.service"));

        // The container outlives the run, which its mark would contradict.
        Assert.Contains("env -u UNDERCLOUD_LOCK podman start engine.next", _host.Lines);
    }

    [Fact]
    public async Task A_service_with_sockets_that_is_started_first_shares_them_with_the_new_container()
    {
        await _host.GoodAsync([ContainerSets.Frontend("1")]);
        _host.Forget();
        var former = _host.Find("frontend")!.Id;
        File.WriteAllText(_host.At("tripleo_frontend.pid"), "4711\n");
        await _host.GoodAsync([ContainerSets.Frontend("2")]);
        string[] wanted = ["systemctl start undercloud-next-frontend.service", "podman exec frontend.next /bin/sh -c 'ask me'", "busctl", "systemctl stop undercloud-next-frontend.service", $"podman stop --ignore --time=600 {former}", "podman rename frontend.next frontend"];
        Assert.Equal(wanted.Select(_host.IndexOf).Order(), wanted.Select(_host.IndexOf));
        Assert.DoesNotContain(-1, wanted.Select(_host.IndexOf));
        Assert.Equal(-1, _host.IndexOf("systemctl restart"));
        Assert.Empty(Directory.EnumerateFiles(_host.Paths.TransientUnitDirectory));
        Assert.Equal("running", _host.Find("frontend")!.State);
    }

    [Fact]
    public async Task The_end_of_a_former_container_does_not_keep_the_next_services_from_starting()
    {
        string[] names = ["a", "b", "c", "d"];
        await _host.GoodAsync([.. names.Select(name => ContainerSets.Engine("1") with { Name = name })]);
        _host.Forget();
        using var started = new CountdownEvent(names.Length);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.AtStart = () =>
        {
            if (started.Signal())
                all.SetResult();
        };

        // No former container ends before every new one runs, and two are handled at a time.
        _host.Held = command => command.Arguments.Contains("stop") ? all.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken) : null;
        await _host.GoodAsync([.. names.Select(name => ContainerSets.Engine("2") with { Name = name })]);
        Assert.All(names, name => Assert.Equal("running", _host.Find(name)!.State));
        Assert.All(names, name => Assert.Null(_host.Find($"{name}.next")));
    }

    [Fact]
    public async Task No_more_than_eight_services_are_there_twice()
    {
        const int Most = 8;
        string[] names = [.. "abcdefghijkl".Select(letter => $"{letter}")];
        await _host.GoodAsync([.. names.Select(name => ContainerSets.Engine("1") with { Name = name })]);
        var (started, ended, most) = (0, 0, 0);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.AtStart = () =>
        {
            lock (names)
            {
                most = Math.Max(most, ++started - ended);
                if (started == Most)
                    enough.SetResult();
            }
        };
        _host.Held = command => command.Arguments.Contains("stop") ? EndAsync() : null;
        await _host.GoodAsync([.. names.Select(name => ContainerSets.Engine("2") with { Name = name })]);
        Assert.Equal((names.Length, names.Length, Most), (started, ended, most));

        async Task EndAsync()
        {
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            lock (names)
                ended++;
        }
    }

    [Fact]
    public async Task A_former_container_that_cannot_be_ended_fails_the_apply()
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        _host.Failing["podman stop"] = (125, "cannot stop");
        var failed = await _host.ApplyAsync([ContainerSets.Engine("2")]);
        Assert.Contains("cannot stop", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_whose_sockets_get_other_addresses_is_not_started_first()
    {
        await _host.GoodAsync([ContainerSets.Frontend("1")]);
        _host.Forget();
        await _host.GoodAsync([ContainerSets.Frontend("2", port: 81)]);
        Assert.Equal(-1, _host.IndexOf("systemctl start undercloud-next"));
        Assert.NotEqual(-1, _host.IndexOf("systemctl restart tripleo_frontend.service"));
    }

    [Fact]
    public async Task A_service_goes_on_when_systemd_does_not_take_the_new_container()
    {
        await _host.GoodAsync([ContainerSets.Frontend("1")]);
        var former = _host.Find("frontend")!.Id;
        File.WriteAllText(_host.At("tripleo_frontend.pid"), "4711\n");
        _host.Failing["busctl"] = (1, "Access denied");
        var failed = await _host.ApplyAsync([ContainerSets.Frontend("2")]);
        Assert.Contains("Access denied", failed.Message, StringComparison.Ordinal);
        Assert.Equal((former, "running"), (_host.Find("frontend")!.Id, _host.Find("frontend")!.State));
        Assert.Null(_host.Find("frontend.next"));
        Assert.Empty(Directory.EnumerateFiles(_host.Paths.TransientUnitDirectory));
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
        Assert.Equal(ReplaceOrder.StopFirst, Specs.Read("""{"image": "k:1", "restart": "always", "replace_order": "start-first"}""", "engine").ReplaceOrder);

    [Fact]
    public async Task Another_order_of_replacement_replaces_no_container()
    {
        await _host.GoodAsync([ContainerSets.Engine("1")]);
        var former = _host.Find("engine")!.Id;
        await _host.GoodAsync([ContainerSets.Engine("1") with { ReplaceOrder = ReplaceOrder.StopFirst }]);
        Assert.Equal(former, _host.Find("engine")!.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_that_is_loaded_first_works_until_its_successor_has_loaded_its_program(bool isAwaited)
    {
        var client = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["database"]}""", "api");
        ImmutableArray<ContainerSpec> clients = isAwaited ? [client] : [];
        await _host.GoodAsync([ContainerSets.Database("1"), .. clients]);
        _host.Forget();
        var former = _host.Find("database")!.Id;
        File.WriteAllText(_host.At("tripleo_database.pid"), "4711\n");
        await _host.GoodAsync([ContainerSets.Database("2"), .. clients]);
        string[] wanted =
        [
            "podman exec database /bin/sh -c is-idle", "podman start database.next", "podman exec database.next /bin/sh -c 'test -e /dev/shm/loaded'", "busctl",
            .. isAwaited ? ["kill -s TSTP"] : (string[])[], $"podman stop --ignore {former}", "podman rename database.next database", "podman exec database /bin/sh -c 'ask me'",
        ];
        Assert.DoesNotContain(-1, wanted.Select(IndexOf));
        Assert.Equal(wanted.Select(IndexOf).Order(), wanted.Select(IndexOf));
        Assert.Equal(-1, _host.IndexOf("systemctl restart"));

        // The clients go on as soon as the new container works; the names change afterwards.
        if (isAwaited)
        {
            Assert.NotEqual(-1, IndexOf("podman exec database.next /bin/sh -c 'ask me'"));
            Assert.InRange(_host.Lines.ToList().FindLastIndex(line => line.Contains("kill -s TSTP", StringComparison.Ordinal)), IndexOf("podman exec database.next /bin/sh -c 'ask me'"), IndexOf("podman rm"));
        }

        Assert.Contains("\nDelegate=yes\n", File.ReadAllText(UnitOf("database")), StringComparison.Ordinal);
        Assert.Equal("running", _host.Find("database")!.State);

        int IndexOf(string part) => _host.Lines.ToList().FindIndex(line => line.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_former_container_without_the_lock_stops_before_its_successor_starts()
    {
        await _host.GoodAsync([ContainerSets.Database("1") with { ReplaceOrder = ReplaceOrder.StopFirst }]);
        _host.Forget();
        await _host.GoodAsync([ContainerSets.Database("2")]);
        Assert.DoesNotContain(_host.Lines, line => line.Contains("podman start database.next", StringComparison.Ordinal));
        Assert.NotEqual(-1, _host.IndexOf("systemctl restart tripleo_database.service"));
    }

    [Theory]
    [InlineData(true, "has ended 4 times")]
    [InlineData(false, "has not loaded its program")]
    public async Task A_service_goes_on_when_its_successor_does_not_load_its_program(bool ends, string why)
    {
        await _host.GoodAsync([ContainerSets.Database("1")]);
        var former = _host.Find("database")!.Id;
        (ends ? _host.Ending : _host.Unhealthy).Add("database.next");
        var failed = await _host.ApplyAsync([ContainerSets.Database("2")]);
        Assert.Contains(why, failed.Message, StringComparison.Ordinal);
        Assert.Contains("The former container still runs.", failed.Message, StringComparison.Ordinal);
        Assert.Equal((former, "running"), (_host.Find("database")!.Id, _host.Find("database")!.State));
        Assert.Null(_host.Find("database.next"));
    }

    [Fact]
    public async Task Clients_wait_until_a_successor_that_does_not_work_has_failed()
    {
        var client = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["database"]}""", "api");
        await _host.GoodAsync([ContainerSets.Database("1"), client]);
        _host.Forget();
        _host.AtStart = () => _host.Unhealthy.Add("database");
        _host.Held = command =>
        {
            if (command.Arguments.Contains("stop"))
                _host.Unhealthy.Add("database.next");
            return null;
        };
        var failed = await _host.ApplyAsync([ContainerSets.Database("2"), client]);
        Assert.Equal(2, failed.Message!.Split("'database' is not healthy after").Length);

        // The clients go on after the last question.
        var lines = _host.Lines.ToList();
        Assert.True(lines.FindLastIndex(line => line.Contains("kill -s TSTP", StringComparison.Ordinal)) > lines.FindLastIndex(line => line.Contains("/bin/sh -c 'ask me'", StringComparison.Ordinal)));
        Assert.Equal("running", _host.Find("database")!.State);
        Assert.Null(_host.Find("database.next"));
        Assert.Equal(2, _host.Lines.Count(line => line.Contains("kill -s TSTP", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_swap_by_the_unit_is_taken_as_it_is()
    {
        await _host.GoodAsync([ContainerSets.Database("1")]);
        _host.Held = command =>
        {
            // The new container ends and the unit swaps the two before the apply does.
            if (command.Arguments.Contains("rename"))
            {
                _host.Held = _ => null;
                return _host.RunAsync(command, TestContext.Current.CancellationToken);
            }

            return null;
        };
        await _host.GoodAsync([ContainerSets.Database("2")]);
        Assert.Equal("running", _host.Find("database")!.State);
        Assert.Null(_host.Find("database.next"));
    }

    private string UnitOf(string name) => Path.Combine(_host.Paths.UnitDirectory, ContainerUnit.NameOf(name));

    private static ContainerSpec Api(string name, string version = "1", int port = 5000) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "listen": ["192.168.24.1:{{{port}}}", "[fd00::1]:{{{port}}}"], "healthcheck": {"test": "ask me"}}""", name);

    private static ContainerSpec Agent(string version) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "net": "host", "pid": "host", "outlive": "ns.service"}""", "agent");

    private static ContainerSpec Working(string version) =>
        Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "drain": {"test": "is-idle", "timeout": "2m"}}""", "worker");
}
