using System.Collections.Concurrent;
using System.Globalization;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Waits until services work: until the health check succeeds or, for a service without one, until it has run for a moment.</summary>
internal sealed class HealthWait(Podman podman, SystemdUnits units, TimeProvider time, StartTimes starts, ContainerApplyOptions options)
{
    private const int MostRestarts = 3;

    // What a program takes to work that is loaded already; a longer wait is left to the usual one.
    private static readonly TimeSpan s_usualStart = TimeSpan.FromSeconds(20);

    // As the units do.
    private static readonly TimeSpan s_restart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, double> _ready = new(StringComparer.Ordinal);

    /// <summary>Seconds from the start of a container until it was healthy; null for a container that this apply did not start or did not find healthy.</summary>
    public double? SecondsOf(string container) => _ready.TryGetValue(container, out var seconds) ? seconds : null;

    public PendingHealth Begin(ContainerSpec spec, bool justStarted) => new(spec, time.GetTimestamp(), justStarted);

    /// <summary>Waits until the next question. The pause grows with the wait, since each question takes processor time from the service.</summary>
    /// <param name="begun">The timestamp of the wait's beginning.</param>
    /// <param name="stop">Cancels the pause.</param>
    public Task PauseAsync(long begun, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromSeconds(Math.Clamp(time.GetElapsedTime(begun).TotalSeconds / 20, 0.2, 1)), time, stop);

    /// <summary>Asks the service once. If this apply started it, its start time is recorded.</summary>
    /// <exception cref="ContainerFailure">The service does not become healthy.</exception>
    public async Task<bool> IsHealthyAsync(PendingHealth wait, CancellationToken stop)
    {
        var spec = wait.Spec;
        if (wait.Polls++ == 0)
            wait.Container = await podman.StartOfAsync(spec.Name, stop);
        var limit = LimitOf(spec.Health!);
        var isLast = time.GetElapsedTime(wait.Begun) > limit;

        // A container that became healthy since podman's last check has not failed.
        if (await AskAsync(wait, stop) || (isLast && (await podman.AskAsync(spec.Name, wait.Container.Id, spec.Health!, stop)).Succeeded))
        {
            var seconds = (time.GetUtcNow() - wait.Container.Started).TotalSeconds;
            if (wait.JustStarted)
                starts.Remember(spec.Name, new(wait.Container.Id, _ready[spec.Name] = Math.Round(seconds, 1)));
            if (wait.Polls > 1)
                options.Progress?.Invoke($"{spec.Name}: healthy {seconds:F1} s after its start");
            return true;
        }

        if (isLast)
            throw await FailureAsync(spec, $"is not healthy after {limit.TotalSeconds:F0} s", stop);
        if (wait.Polls % 5 == 0 && await IsHopelessAsync(spec, stop) is { } why)
            throw await FailureAsync(spec, why, stop);
        return false;
    }

    // The check is run without podman, which takes a fraction of the processor's time. When it succeeds podman runs it once, so that podman knows the container
    // as healthy, but only during the start period: after it podman counts failures, and frequent checks by podman could restart the container.
    private async Task<bool> AskAsync(PendingHealth wait, CancellationToken stop)
    {
        var health = wait.Spec.Health!;
        if (!(await podman.AskAsync(wait.Spec.Name, wait.Container.Id, health, stop)).Succeeded)
            return false;
        var counts = wait.Container.Started.AddSeconds(health.StartPeriod - health.Timeout) < time.GetUtcNow();
        return counts || await podman.RunHealthCheckAsync(wait.Spec.Name, stop);
    }

    // As podman: failures do not count in the start period, and the last check has its own time.
    private static TimeSpan LimitOf(HealthCheck health) => TimeSpan.FromSeconds(health.StartPeriod + health.Timeout);

    /// <summary>
    /// Waits until a new container that runs beside the one it will replace is healthy or, where it is loaded first, until its program is loaded. No unit starts it
    /// again when it ends, so this does, a few times.
    /// </summary>
    /// <param name="spec">The new container.</param>
    /// <param name="name">Its name for now.</param>
    /// <param name="id">Its id.</param>
    /// <param name="start">Starts it.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <exception cref="ContainerFailure">The container ended, does not become healthy, or does not load its program.</exception>
    public async Task ForBesideAsync(ContainerSpec spec, string name, string id, Func<Task> start, CancellationToken stop)
    {
        var isLoad = spec.ReplaceOrder == ReplaceOrder.LoadFirst;
        var check = isLoad ? new HealthCheck($"test -e {ReplaceOrders.LoadedFile}") : spec.Health!;
        var (began, limit) = (time.GetTimestamp(), LimitOf(check));
        var restarts = 0;
        for (var polls = 1; ; polls++)
        {
            var asked = await podman.AskAsync(name, id, check, stop);
            if (asked.Succeeded)
            {
                var isThere = isLoad ? "has loaded its program" : "is healthy";
                options.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: the new container {isThere} after {time.GetElapsedTime(began).TotalSeconds:F1} s, and replaces the former one"));
                return;
            }

            // A list of podman's takes many times as long as the question.
            var isLate = time.GetElapsedTime(began) > limit;
            var runs = (!isLate && polls % 5 != 0) || (await podman.ListAsync(stop)).Any(container => container.Id == id && container.IsRunning);
            if ((!runs && restarts == MostRestarts) || isLate)
            {
                var why = !runs ? $"has ended {restarts + 1} times."
                    : isLoad ? $"has not loaded its program after {limit.TotalSeconds:F0} s: it has not written {ReplaceOrders.LoadedFile}."
                    : $"is not healthy after {limit.TotalSeconds:F0} s. Its health check `{check.Test}` said: {asked.Tail().Trim()}";
                throw ContainerFailure.Of($"The new container '{spec.Name}' {why}\nThe former container still runs.", await podman.LogTailAsync(name, ContainerFailure.TailLines, stop), $"podman logs {spec.Name}");
            }

            await PauseAsync(began, stop);
            if (runs)
                continue;
            restarts++;
            await Task.Delay(s_restart, time, stop);
            await start();
        }
    }

    /// <summary>Waits up to 20 seconds until the loaded program of a container works.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="name">Its name for now.</param>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <returns>Whether the health check succeeded; true without one.</returns>
    public async Task<bool> AnswersAsync(ContainerSpec spec, string name, string id, CancellationToken stop)
    {
        if (spec.Health is null)
            return true;
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < s_usualStart; await PauseAsync(began, stop))
        {
            if ((await podman.AskAsync(name, id, spec.Health, stop)).Succeeded)
                return true;
        }

        return false;
    }

    /// <summary>For services without a health check: a service that ends right after its start has failed.</summary>
    /// <exception cref="ContainerFailure">A service ended.</exception>
    public async Task ForSettledAsync(IReadOnlyCollection<ContainerSpec> specs, CancellationToken stop)
    {
        if (specs.Count == 0)
            return;
        await Task.Delay(s_settle, time, stop);
        var listed = await podman.ListAsync(stop);
        var shown = await units.ShowAsync([.. specs.Select(spec => spec.Name)], stop);
        foreach (var spec in specs)
        {
            var fact = listed.FirstOrDefault(container => container.Name == spec.Name);
            var restarts = shown.FirstOrDefault(unit => unit.Container == spec.Name)?.Restarts ?? 0;
            var isDone = spec.Restart == RestartPolicy.No && fact is { State: "exited", ExitCode: 0 };
            if (!isDone && (fact is not { IsRunning: true } || restarts > 0))
                throw await FailureAsync(spec, "ended right after its start", stop);
        }
    }

    private async Task<string?> IsHopelessAsync(ContainerSpec spec, CancellationToken stop)
    {
        var unit = (await units.ShowAsync([spec.Name], stop)).FirstOrDefault();
        return unit is null ? null
            : unit.ActiveState is "failed" or "inactive" ? "ended"
            : unit.Restarts >= MostRestarts ? $"has ended {unit.Restarts} times since its start"
            : null;
    }

    private async Task<ContainerFailure> FailureAsync(ContainerSpec spec, string why, CancellationToken stop)
    {
        var fact = (await podman.ListAsync(stop)).FirstOrDefault(container => container.Name == spec.Name);
        var state = fact is null ? "it is gone"
            : fact.IsRunning ? $"state running{(fact.Health is null ? "" : $", {fact.Health}")}"
            : $"state {fact.State}, exit code {fact.ExitCode}";
        var said = spec.Health is null || fact is not { IsRunning: true } ? "" : (await podman.AskAsync(spec.Name, fact.Id, spec.Health, stop)).Tail().Trim();
        var check = spec.Health is { } health ? $"\nIts health check `{health.Test}` said: {(said.Length > 0 ? said : "nothing")}" : "";
        var tail = await podman.LogTailAsync(spec.Name, ContainerFailure.TailLines, stop);
        return ContainerFailure.Of(
            $"Container '{spec.Name}' {why} ({state}).{check}", tail, $"podman logs {spec.Name}; journalctl -u {ContainerUnit.NameOf(spec.Name)}");
    }
}
