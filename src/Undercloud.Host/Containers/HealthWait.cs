using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Waits until services work: by their health check, or where there is none until they have run for a moment.</summary>
internal sealed class HealthWait(Podman podman, SystemdUnits units, TimeProvider time, ContainerApplyOptions options)
{
    private const int MostRestarts = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(500);

    /// <exception cref="ContainerFailure">The service does not become healthy.</exception>
    public async Task ForHealthAsync(ContainerSpec spec, CancellationToken stop)
    {
        var health = spec.Health!;
        var own = TimeSpan.FromSeconds(health.StartPeriod + health.Timeout);
        var limit = own > options.HealthLimit ? own : options.HealthLimit;
        var started = time.GetTimestamp();
        var poll = 1;
        for (; !await podman.IsHealthyAsync(spec.Name, stop); poll++)
        {
            if (time.GetElapsedTime(started) > limit)
                throw await FailureAsync(spec, $"is not healthy after {limit.TotalSeconds:F0} s", stop);
            if (poll % 5 == 0 && await IsHopelessAsync(spec, stop) is { } why)
                throw await FailureAsync(spec, why, stop);
            await Task.Delay(s_pause, time, stop);
        }

        if (poll > 1)
            options.Progress?.Invoke($"{spec.Name}: healthy after {time.GetElapsedTime(started).TotalSeconds:F1} s");
    }

    /// <summary>For services without a health check: one that ends right after its start is a failure too.</summary>
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
        var said = spec.Health is null || fact is null ? "" : await podman.HealthOutputAsync(spec.Name, stop);
        var check = spec.Health is { } health ? $"\nIts health check `{health.Test}` said: {(said.Length > 0 ? said : "nothing")}" : "";
        var tail = await podman.LogTailAsync(spec.Name, ContainerFailure.TailLines, stop);
        return ContainerFailure.Of(
            $"Container '{spec.Name}' {why} ({state}).{check}", tail, $"podman logs {spec.Name}; journalctl -u {ContainerUnit.NameOf(spec.Name)}");
    }
}
