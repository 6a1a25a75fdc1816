using Undercloud.Host.Processes;

namespace Undercloud.Tests.Processes;

public sealed class SurvivorsTests
{
    private readonly string _lock = Path.Combine(Path.GetTempPath(), $"lock-{Guid.NewGuid():N}");

    [Fact]
    public async Task What_a_killed_run_has_started_is_found_and_named_whatever_session_it_is_in()
    {
        // The shell stands for the run: it is gone, and what it started is in another session.
        var runner = new MarkedProcesses(new ProcessRunner(TimeProvider.System), _lock);
        var started = await runner.RunAsync(CommandLine.Of("sh", "-c", "setsid sleep 30 >/dev/null 2>&1 </dev/null & echo $!"), TestContext.Current.CancellationToken);
        var (said, doing) = (new List<string>(), new List<string>());
        using var waiting = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        // Until setsid has become sleep, the process is rightly named "setsid sleep 30".
        while (!Survivors.Of(_lock).Any(one => one.Command == "sleep 30"))
            await Task.Delay(20, waiting.Token);
        var wait = Survivors.WaitAsync(_lock, TimeProvider.System, line =>
        {
            said.Add(line);
            foreach (var one in Survivors.Of(_lock))
                Signals.Send(one.Id, Signals.Kill);
        }, doing.Add, waiting.Token);
        Assert.Empty(await wait);
        Assert.Contains("(sleep 30)", Assert.Single(said));

        // The status line says what is waited for, not what was done before.
        Assert.Matches(@"^waiting for process \d+ \(sleep 30\) of the killed run$", Assert.Single(doing));
        Assert.True(started.Succeeded);
    }

    [Fact]
    public async Task Who_works_under_another_lock_is_not_waited_for()
    {
        var runner = new MarkedProcesses(new ProcessRunner(TimeProvider.System), _lock);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(CommandLine.Of("sleep", "30"), stop.Token);
        Assert.Empty(Survivors.Of(_lock + ".other"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(Survivors.Of(_lock));
    }
}
