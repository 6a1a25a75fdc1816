using System.Collections.Immutable;
using System.Net;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Containers;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;
using Undercloud.Tests.Containers;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Node;

public sealed class StatusReaderTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly FakeProcesses _processes = new();

    public void Dispose() => _host.Dispose();

    private GenerationStore Generations => new(_host.Layout.StateDirectory);

    private ContainerPaths Paths => new() { UnitDirectory = _host.At("units"), RecordsFile = _host.At("execs.json"), StartTimesFile = _host.At("starts.json"), LockFile = _host.At("containers.lock") };

    [Fact]
    public async Task A_host_without_an_applied_plan_has_no_status()
    {
        var status = await ReadAsync(record: false);
        Assert.False(status.Good);
        Assert.Null(status.Applied);
        Assert.Empty(_processes.Ran);
    }

    [Fact]
    public async Task A_damaged_plan_is_a_problem_and_nothing_is_asked()
    {
        Record();
        File.WriteAllText(Path.Combine(_host.Layout.StateDirectory, "generations", "1", "plan.json"), "{\"stack\": ");
        var status = await ReadAsync(record: false);
        Assert.False(status.Good);
        Assert.Contains("plan.json", status.Problem);
        Assert.Empty(_processes.Ran);
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("""{"Id": "aa", "Names": ["keystone"], "State": "exited", "ExitCode": 1}""", "exited")]
    [InlineData("""{"Id": "aa", "Names": ["keystone"], "State": "created"}""", "created")]
    public async Task A_service_that_does_not_run_is_not_good_and_its_check_is_not_asked(string container, string state)
    {
        var status = await ReadAsync(container, Checked());
        Assert.Equal((state, "", false), Of(status, "keystone"));
        Assert.DoesNotContain(_processes.Ran, command => command.ToString().StartsWith("podman exec", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "missing", false)]
    [InlineData("""{"Id": "bb", "Names": ["sync"], "State": "exited", "ExitCode": 2}""", "exited", false)]
    [InlineData("""{"Id": "bb", "Names": ["sync"], "State": "exited", "ExitCode": 0}""", "done", true)]
    [InlineData("""{"Id": "bb", "Names": ["sync"], "State": "running"}""", "running", false)]
    public async Task A_one_shot_is_good_when_it_has_succeeded(string container, string state, bool isGood) =>
        Assert.Equal((state, "", isGood), Of(await ReadAsync(container, Specs.OneShot()), "sync"));

    [Fact]
    public async Task A_service_without_a_check_is_good_while_it_runs() =>
        Assert.Equal(("running", "", true), Of(await ReadAsync(Running, Specs.Service()), "keystone"));

    [Fact]
    public async Task A_check_that_fails_is_asked_once_and_its_last_words_are_kept()
    {
        _processes.Answer("podman exec keystone", "curl: no\nanswer", exit: 1);
        var status = await ReadAsync(Running, Checked());
        Assert.Equal(("running", "unhealthy", false), Of(status, "keystone"));
        Assert.Equal("curl: no answer", status.Containers.Single().Said);
        Assert.Equal(1, Asked);
    }

    [Theory]
    [InlineData(30, 0, 0)]
    [InlineData(38, 0, 1)]
    [InlineData(30, 1, 1)]
    [InlineData(101, 0, 1)]
    public async Task A_check_that_podman_ran_successfully_within_its_interval_is_not_asked_again(int secondsAgo, int exit, int asked)
    {
        // The container of the listing started 100 seconds ago; its check has an interval of 30 seconds and a limit of 7 seconds.
        var began = DateTimeOffset.UnixEpoch.AddSeconds(101 - secondsAgo);
        _processes.Answer("podman inspect", $$"""aa {"Status":"healthy","FailingStreak":0,"Log":[{"Start":"1970-01-01T00:00:00Z","End":"","ExitCode":1,"Output":""},{"Start":"{{began:O}}","End":"{{began:O}}","ExitCode":{{exit}},"Output":""}]}""");
        var status = await ReadAsync(Running, Checked(), now: DateTimeOffset.UnixEpoch.AddSeconds(101));
        Assert.Equal(("running", "healthy", true), Of(status, "keystone"));
        Assert.Equal(asked, Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aa null")]
    [InlineData("aa {}")]
    [InlineData("aa {\"Log\": []}")]
    [InlineData("aa {\"Log\": [{")]
    public async Task A_container_whose_last_check_is_not_known_is_asked(string inspected)
    {
        _processes.Answer("podman inspect", inspected, exit: 125);
        Assert.True((await ReadAsync(Running, Checked())).Containers.Single().Good);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task What_the_containers_and_their_drift_both_need_is_read_once()
    {
        await ReadAsync(Running, Checked());
        Assert.Single(_processes.Ran, command => command.ToString().StartsWith("podman ps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_check_is_asked_once_more_and_then_given_up()
    {
        _processes.Answer("podman exec keystone", "", exit: 124);
        var status = await ReadAsync(Running, Checked());
        Assert.Equal(("running", "unhealthy", false), Of(status, "keystone"));
        Assert.Equal("no answer in 7 s", status.Containers.Single().Said);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task A_check_that_was_slow_only_once_is_healthy()
    {
        var status = await ReadAsync(Running, Checked(), slowOnce: true);
        Assert.Equal(("running", "healthy", true), Of(status, "keystone"));
        Assert.Null(status.Containers.Single().Said);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_named_with_its_reason()
    {
        var status = await ReadAsync(Running, Specs.Service(), "http://192.168.24.1:5000");
        Assert.Equal(new EndpointStatus("keystone", "public", "http://192.168.24.1:5000", "Connection refused", false), Assert.Single(status.Endpoints));
        Assert.False(status.Good);
        Assert.True(Assert.Single((await ReadAsync(Running, Specs.Service(), "http://192.168.24.1:1")).Endpoints).Up);
    }

    [Fact]
    public async Task What_podman_does_not_print_as_JSON_is_an_error_that_names_the_command()
    {
        Record(Specs.Service());
        _processes.Answer("podman ps", "Error: x");
        Assert.Contains("`podman ps --all --no-trunc --format=json` ended without an error", (await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(record: false))).Message, StringComparison.Ordinal);
    }

    private const string Ours = """{"Labels": {"managed_by": "tripleo-Undercloud", "config_id": "tripleo_step3"}, """;

    private const string Running = """{"Id": "aa", "Names": ["keystone"], "State": "running", "StartedAt": 1}""";

    private static ContainerSpec Checked() => Specs.Service() with { Health = new("/healthcheck", Timeout: 7) };

    private int Asked => _processes.Ran.Count(command => command.ToString().StartsWith("podman exec keystone", StringComparison.Ordinal));

    private static (string State, string Health, bool Good) Of(UndercloudStatus status, string name) =>
        status.Containers.Single(container => container.Name == name) is var found ? (found.State, found.Health, found.Good) : default;

    private async Task<UndercloudStatus> ReadAsync(string container, ContainerSpec spec, string? endpoint = null, bool slowOnce = false, DateTimeOffset? now = null)
    {
        Record(spec, endpoint);
        _processes.Answer("podman ps", $"[{container.Replace("{", Ours, StringComparison.Ordinal)}]").Answer("podman image inspect", Specs.ImageId + "\n" + Specs.ImageId).Answer("nft", "", exit: 1);
        return await ReadAsync(record: false, slowOnce, now);
    }

    private async Task<UndercloudStatus> ReadAsync(bool record, bool slowOnce = false, DateTimeOffset? now = null)
    {
        if (record)
            Record();
        using var http = new OnePort();
        IProcessRunner runner = slowOnce ? new SlowOnce(_processes) : _processes;
        return await new StatusReader(runner, Generations, http, now is { } fixedTime ? new FixedTime(fixedTime) : TimeProvider.System) { Layout = _host.Layout, Paths = Paths }.ReadAsync(TestContext.Current.CancellationToken);
    }

    private void Record(ContainerSpec? spec = null, string? endpoint = null) => Generations.Write(
        new(1, GenerationState.Applied, "hash", "install", DateTimeOffset.UnixEpoch),
        new()
        {
            Stack = "undercloud",
            Release = "zed",
            Nodes =
            [
                new NodePlan
                {
                    Role = "Undercloud",
                    Manifest = new NodeManifest
                    {
                        Node = "undercloud",
                        Cloud = endpoint is null ? [] : new SortedDictionary<int, CloudManifest>
                        {
                            [3] = new() { Login = new("http://k:5000", "admin", "secret", "admin"), Services = [new("keystone", "identity", "", new Dictionary<string, string> { ["public"] = endpoint })] },
                        },
                    },
                    Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>> { [3] = spec is null ? [] : [spec] },
                },
            ],
        });

    // Only port 1 answers.
    private sealed class OnePort : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) => request.RequestUri!.Port == 1
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.MultipleChoices))
            : Task.FromException<HttpResponseMessage>(new HttpRequestException("x", new IOException("Connection refused")));
    }

    private sealed class SlowOnce(IProcessRunner inner) : IProcessRunner
    {
        private int _asked;

        public async Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) =>
            command.ToString().StartsWith("podman exec", StringComparison.Ordinal) && _asked++ == 0 ? new(command, 124, "", "stopped after 7 s") : await inner.RunAsync(command, stop);

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => inner.FollowAsync(command, onLine, stop);

        public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => inner.AttachAsync(command, stop);
    }
}
