using Undercloud.Host.Containers;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Containers;

public sealed class HealthWaitTests : IDisposable
{
    private const string Config = """{"image": "k:1", "restart": "always", "healthcheck": {"test": "ask me"}}""";
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"start-times-{Guid.NewGuid():N}.json");
    private readonly FakeProcesses _processes = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task In_its_start_period_a_container_is_asked_by_podman_which_then_knows_that_it_is_healthy()
    {
        Started(TimeSpan.FromSeconds(5));
        Assert.True(await AskAsync());
        Assert.Contains(_processes.Ran, ran => ran.ToString() == "podman healthcheck run keystone");
    }

    [Fact]
    public async Task After_it_no_question_of_ours_counts_as_a_failure()
    {
        Started(TimeSpan.FromHours(1));
        _processes.Answer("podman exec keystone", "no answer", exit: 1);
        Assert.False(await AskAsync());
        Assert.Contains(_processes.Ran, ran => ran.ToString() == "podman exec keystone /bin/sh -c 'ask me'");
        Assert.DoesNotContain(_processes.Ran, ran => ran.Arguments.Contains("healthcheck"));
    }

    [Fact]
    public async Task The_time_of_a_start_is_remembered_for_the_container_that_was_started()
    {
        Started(TimeSpan.FromSeconds(5));
        Assert.True(await AskAsync());
        var times = StartTimes.Read(_file);
        Assert.InRange(times.Of("keystone", "id-1")!.Value, 5, 60);
        Assert.Null(times.Of("keystone", "id-2"));
        Assert.Null(times.Of("glance_api", "id-1"));
    }

    [Fact]
    public async Task One_that_was_there_before_has_no_time()
    {
        Started(TimeSpan.FromSeconds(5));
        Assert.True(await AskAsync(justStarted: false));
        Assert.Null(StartTimes.Read(_file).Of("keystone", "id-1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_container_that_became_healthy_at_the_last_moment_has_not_failed(int exit)
    {
        Started(TimeSpan.FromSeconds(5));
        _processes.Answer("podman ps", "[]").Answer("podman healthcheck run", "", exit: 1).Answer("podman exec keystone", "", exit);
        var wait = new HealthWait(new Podman(_processes), new SystemdUnits(_processes, new()), TimeProvider.System, StartTimes.Read(_file), new());
        var asked = wait.IsHealthyAsync(new(Specs.Read(Config), TimeProvider.System.GetTimestamp() - (600 * TimeProvider.System.TimestampFrequency), true), TestContext.Current.CancellationToken);
        if (exit == 0)
            Assert.True(await asked);
        else
            Assert.Contains("is not healthy after 210 s", (await Assert.ThrowsAsync<ContainerFailure>(() => asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_times_is_an_empty_one()
    {
        File.WriteAllText(_file, "[1, 2");
        Assert.Null(StartTimes.Read(_file).Of("keystone", "id-1"));
    }

    private void Started(TimeSpan ago) => _processes.Answer("podman inspect", $"id-1 {(DateTimeOffset.UtcNow - ago).ToUnixTimeMilliseconds()}\n");

    private Task<bool> AskAsync(bool justStarted = true)
    {
        var wait = new HealthWait(new Podman(_processes), new SystemdUnits(_processes, new()), TimeProvider.System, StartTimes.Read(_file), new());
        return wait.IsHealthyAsync(wait.Begin(Specs.Read(Config), justStarted), TestContext.Current.CancellationToken);
    }
}
