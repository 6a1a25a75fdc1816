using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ServicePauseTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

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

    private static ContainerSpec Api(string name, string version = "1", int port = 5000) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "listen": ["192.168.24.1:{{{port}}}", "[fd00::1]:{{{port}}}"], "healthcheck": {"test": "ask me"}}""", name);

    private static ContainerSpec Database(string version = "1") =>
        Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "healthcheck": {"test": "ask me"}}""", "db");

    private static ContainerSpec Working(string version) =>
        Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "drain": {"test": "is-idle", "timeout": "2m"}}""", "worker");

    private static ContainerSpec WaitingApi() =>
        Specs.Read("""{"image": "k:1", "restart": "always", "listen": ["192.168.24.1:5000"], "pause_signal": "SIGTSTP", "pause_for": ["db"]}""", "api");

    private static ContainerSpec Waiting(string name) => Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["db"]}""", name);
}
