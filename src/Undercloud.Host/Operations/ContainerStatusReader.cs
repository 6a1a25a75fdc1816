using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Reads the state of a node's containers on this host from podman. A health check that podman ran within its interval and that succeeded counts; any other
/// is run now.
/// </summary>
/// <param name="runner">Runs podman.</param>
/// <param name="time">The clock.</param>
/// <param name="paths">Where the records of containers are on the host.</param>
public sealed class ContainerStatusReader(IProcessRunner runner, TimeProvider time, ContainerPaths paths)
{
    // The exit code that the process runner gives to a program that exceeded its time limit.
    private const int TimedOut = 124;

    private readonly Podman _podman = new(runner);

    /// <summary>The state of every container of the node's plan.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="gate">Limits the number of health checks that run at a time.</param>
    /// <param name="stop">Cancels the reading.</param>
    public async Task<ImmutableArray<ContainerStatus>> ReadAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop)
    {
        var wanted = node.Containers.SelectMany(step => step.Value
            .Where(spec => spec.Kind != ContainerKind.Exec)
            .Select(spec => (Step: step.Key, Spec: spec))).ToList();
        if (wanted.Count == 0)
            return [];
        var host = await new ContainerInventory(_podman, new SystemdUnits(runner, paths)).ReadAsync(stop);
        var memory = ContainerMemory.Read(host.Containers.ToDictionary(container => container.Name, container => container.Process, StringComparer.Ordinal));
        var checks = await _podman.LastGoodChecksAsync(
            [.. wanted.Where(one => one.Spec.Health is not null).Select(one => host.Find(one.Spec.Name)).OfType<ContainerFact>().Where(fact => fact.IsRunning).Select(fact => fact.Id)], stop);
        var starts = StartTimes.Read(paths.StartTimesFile);
        return [.. await Task.WhenAll(wanted.Select(async container =>
        {
            var name = container.Spec.Name;
            var status = await ContainerAsync(container.Spec, container.Step, host.Find(name), checks, gate, stop);
            return status with
            {
                Memory = memory.GetValueOrDefault(name),
                ReadySeconds = host.Find(name) is { IsRunning: true } running ? starts.Of(name, running.Id) : null,
                Restarts = host.UnitOf(name)?.Restarts ?? 0,
            };
        }))];
    }

    private async Task<ContainerStatus> ContainerAsync(ContainerSpec spec, int step, ContainerFact? fact, IReadOnlyDictionary<string, DateTimeOffset> checks, SemaphoreSlim gate, CancellationToken stop)
    {
        var (name, image) = (spec.Name, spec.Image ?? "");
        var state = fact?.State ?? "missing";
        if (spec.Kind == ContainerKind.OneShot)
        {
            var done = fact is { State: "exited", ExitCode: 0 };
            return new(name, step, done ? "done" : state, "", image, done);
        }

        if (fact is not { IsRunning: true })
            return new(name, step, state, "", image, false);
        if (spec.Health is not { } check)
            return new(name, step, state, "", image, true) { Started = fact.Since };

        if (checks.TryGetValue(fact.Id, out var last) && last >= fact.Since && time.GetUtcNow() - last <= TimeSpan.FromSeconds(check.Interval + check.Timeout))
            return new(name, step, state, "healthy", image, true) { Started = fact.Since };

        // The check is not run by podman: podman would count a failure, and frequent status calls could restart the container.
        // A check that times out is run once more: by then a container that is only slow has warmed up.
        var asked = await AskAsync(fact, check, gate, stop);
        if (asked.ExitCode == TimedOut)
            asked = await AskAsync(fact, check, gate, stop);
        var said = asked.Succeeded ? null : asked.ExitCode == TimedOut ? $"no answer in {check.Timeout} s" : asked.Tail().Trim().ReplaceLineEndings(" ");
        return new(name, step, state, asked.Succeeded ? "healthy" : "unhealthy", image, asked.Succeeded) { Started = fact.Since, Said = said };
    }

    private async Task<ProcessResult> AskAsync(ContainerFact fact, HealthCheck check, SemaphoreSlim gate, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            return await _podman.AskAsync(fact.Name, fact.Id, check, stop);
        }
        finally
        {
            gate.Release();
        }
    }
}
