using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>A container that the applied plan has.</summary>
/// <param name="State">podman's word, or "missing".</param>
/// <param name="Health">Whether its own check succeeded just now, healthy or unhealthy; empty when it has none.</param>
public sealed record ContainerStatus(string Name, int Step, string State, string Health, string Image, bool Good)
{
    /// <summary>What the check said when it failed, in one line.</summary>
    public string? Said { get; init; }

    /// <summary>When it was started last; null when it does not run.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Seconds from its start until its check had succeeded, as the apply saw it that started it: at most.</summary>
    public double? ReadySeconds { get; init; }

    /// <summary>How often its unit started it again by itself: it ended, or was unhealthy for too long.</summary>
    public int Restarts { get; init; }

    /// <summary>The proportional set size of its processes, in bytes.</summary>
    public long Memory { get; init; }
}

/// <summary>How this host is, against the newest applied plan.</summary>
public sealed record UndercloudStatus(
    Generation? Applied,
    Generation? Newest,
    IReadOnlyList<EndpointStatus> Endpoints,
    IReadOnlyList<ContainerStatus> Containers,
    IReadOnlyList<NodeChange> Drift)
{
    /// <summary>The OpenStack release of the applied plan.</summary>
    public string? Release { get; init; }

    /// <summary>Why the applied plan could not be read, and the way on: then nothing is known of what it has. Null when it was read.</summary>
    public string? Problem { get; init; }

    public bool Good => Applied is not null && Problem is null && Endpoints.All(e => e.Up) && Containers.All(c => c.Good) && Drift.Count == 0;
}

/// <summary>Asks services at their API, containers through their health checks, and the agent verbs for drift. All of it comes from the plan.</summary>
/// <param name="runner">Runs podman, ip and the like.</param>
/// <param name="generations">The recorded plans.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
public sealed class StatusReader(IProcessRunner runner, GenerationStore generations, HttpMessageHandler http, TimeProvider time)
{
    // What the process runner makes of a time limit that is over.
    private const int TimedOut = 124;

    private readonly Podman _podman = new(runner);

    /// <summary>Where things are on the host; a real host's places unless set.</summary>
    public NodeLayout Layout { get; init; } = new();

    /// <summary>Where the records of containers are on the host; a real host's places unless set.</summary>
    public ContainerPaths Paths { get; init; } = new();

    public async Task<UndercloudStatus> ReadAsync(CancellationToken stop)
    {
        var newest = generations.Newest();
        if (generations.NewestApplied() is not { } applied)
            return new(null, newest, [], [], []);
        DeploymentPlan plan;
        try
        {
            plan = generations.ReadPlan(applied.Number);
        }
        catch (DamagedStateException damage)
        {
            return new(applied, newest, [], [], []) { Problem = damage.Message };
        }

        using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
        var endpoints = new EndpointCheck(http, time, gate).RunAsync(EndpointCheck.Of(plan), stop);
        var containers = ContainersAsync(plan, gate, stop);
        var drift = new NodeCheck(runner, () => http, time, Layout, Paths).RunAsync(plan, cloud: false, stop);
        await Task.WhenAll(endpoints, containers, drift);
        return new(applied, newest, await endpoints, await containers, [.. (await drift).Changes.Select(change => change with { Diff = null })]) { Release = plan.Release };
    }

    private async Task<ImmutableArray<ContainerStatus>> ContainersAsync(DeploymentPlan plan, SemaphoreSlim gate, CancellationToken stop)
    {
        var wanted = plan.Nodes.SelectMany(node => node.Containers).SelectMany(step => step.Value
            .Where(spec => spec.Kind != ContainerKind.Exec)
            .Select(spec => (Step: step.Key, Spec: spec))).ToList();
        if (wanted.Count == 0)
            return [];
        var host = await new ContainerInventory(_podman, new SystemdUnits(runner, Paths)).ReadAsync(stop);
        var memory = ContainerMemory.Read(host.Containers.ToDictionary(container => container.Name, container => container.Process, StringComparer.Ordinal));
        var starts = StartTimes.Read(Paths.StartTimesFile);
        return [.. await Task.WhenAll(wanted.Select(async container =>
        {
            var name = container.Spec.Name;
            var status = await ContainerAsync(container.Spec, container.Step, host.Find(name), gate, stop);
            return status with
            {
                Memory = memory.GetValueOrDefault(name),
                ReadySeconds = host.Find(name) is { IsRunning: true } running ? starts.Of(name, running.Id) : null,
                Restarts = host.UnitOf(name)?.Restarts ?? 0,
            };
        }))];
    }

    private async Task<ContainerStatus> ContainerAsync(ContainerSpec spec, int step, ContainerFact? fact, SemaphoreSlim gate, CancellationToken stop)
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

        // Not podman's own run of it: what fails there counts, and whoever looks often would get the container restarted.
        // One that runs out of time is asked once more: what is only slow has warmed up by then.
        var asked = await AskAsync(name, check, gate, stop);
        if (asked.ExitCode == TimedOut)
            asked = await AskAsync(name, check, gate, stop);
        var said = asked.Succeeded ? null : asked.ExitCode == TimedOut ? $"no answer in {check.Timeout} s" : asked.Tail().Trim().ReplaceLineEndings(" ");
        return new(name, step, state, asked.Succeeded ? "healthy" : "unhealthy", image, asked.Succeeded) { Started = fact.Since, Said = said };
    }

    private async Task<ProcessResult> AskAsync(string name, HealthCheck check, SemaphoreSlim gate, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            return await _podman.AskAsync(name, check, stop);
        }
        finally
        {
            gate.Release();
        }
    }
}
