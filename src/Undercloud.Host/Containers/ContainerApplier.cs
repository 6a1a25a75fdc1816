using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Containers;

/// <summary>Reconciles the containers of a config id with a start-up configuration.</summary>
public sealed class ContainerApplier
{
    private readonly Podman _podman;
    private readonly SystemdUnits _units;
    private readonly TimeProvider _time;
    private readonly ContainerPaths _paths;

    public ContainerApplier(IProcessRunner processes, TimeProvider time, ContainerPaths? paths = null)
    {
        _time = time;
        _paths = paths ?? new();
        _podman = new(processes);
        _units = new(processes, _paths);
        Inventory = new(_podman, _units);
    }

    /// <summary>Whether an HTTP server at an address answers at once.</summary>
    internal Func<string, CancellationToken, Task<bool>> Answers { get; init; } = HttpProbe.AnswersAsync;

    /// <summary>How many connections the services that listen at some addresses have taken.</summary>
    internal Func<IReadOnlyCollection<string>, int> Taken { get; init; } = addresses => TakenConnections.Count(addresses);

    /// <summary>Whether a process of this host lives.</summary>
    internal Func<int, bool> Lives { get; init; } = process => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}"));

    /// <summary>Reads the containers and units of the host.</summary>
    public ContainerInventory Inventory { get; }

    /// <summary>
    /// Reconciles the containers labelled with <paramref name="configId"/> with the specifications, and removes the others with that label.
    /// Interrupted at any point and run again, it reaches the same state. It changes nothing when an image is missing, or when a container
    /// that the tool does not manage has one of the names.
    /// </summary>
    public async Task<NodeResult> ApplyAsync(string configId, ImmutableArray<ContainerSpec> specs, ContainerApplyOptions options, CancellationToken stop)
    {
        if (options.Check)
            return await CheckAsync([(configId, specs)], options.ManagedBy, stop);
        try
        {
            using var hold = await ApplyLock.TakeAsync(_paths.LockFile, _time, options.Progress, stop);
            return hold is null
                ? Refused(["Another container apply has held the lock for half an hour."])
                : await ApplyHeldAsync(PlacementOf(configId, options.ManagedBy), specs, options, stop);
        }
        catch (Exception exception) when (IsOfHost(exception))
        {
            return Refused([FailureWords.Of(exception)]);
        }
    }

    /// <summary>What <see cref="ApplyAsync"/> would change for several config ids. Images and containers of the host are read once for all of them.</summary>
    /// <param name="wanted">The containers of each config id.</param>
    /// <param name="managedBy">The value of the label that says who manages the containers.</param>
    /// <param name="stop">Cancels the reading.</param>
    public async Task<NodeResult> CheckAsync(ImmutableArray<(string ConfigId, ImmutableArray<ContainerSpec> Specs)> wanted, string managedBy, CancellationToken stop)
    {
        try
        {
            var records = RunRecords.Read(_paths.RecordsFile);
            var images = new ImageStage(_podman, _time);
            var reading = Inventory.ReadAsync(stop);
            var pinned = await images.ResolveAsync([.. wanted.SelectMany(one => one.Specs)], new() { Check = true }, stop);
            var host = await reading;
            var starting = Starting(pinned, host);
            var plans = new List<ContainerPlan>();
            foreach (var (configId, specs) in wanted)
            {
                plans.Add(ContainerPlanner.Plan(pinned[..specs.Length], PlacementOf(configId, managedBy), host, records.All));
                pinned = pinned[specs.Length..];
            }

            var problems = plans.SelectMany(plan => plan.Problems).Select(problem => problem.ToString()).ToArray();
            if (problems.Length > 0)
                return Refused(problems);
            var changes = plans.SelectMany(plan => plan.Actions).Select(action => action.ToChange()).ToArray();
            return new(changes.Length > 0, changes) { Notes = [.. images.Problems, .. starting.Select(spec => $"Container {spec.Name} runs and is not healthy yet: an apply waits for it.")] };
        }
        catch (Exception exception) when (IsOfHost(exception))
        {
            return Refused([FailureWords.Of(exception)]);
        }
    }

    /// <summary>Stops and removes the containers and units of the config ids.</summary>
    public async Task<NodeResult> DeleteAsync(IEnumerable<string> configIds, ContainerApplyOptions options, CancellationToken stop)
    {
        var all = new NodeResult(false, []);
        foreach (var configId in configIds)
        {
            var one = await ApplyAsync(configId, [], options, stop);
            all = new(
                all.Changed || one.Changed, [.. all.Changes, .. one.Changes], all.Failed || one.Failed,
                all.Message is null ? one.Message : one.Message is null ? all.Message : $"{all.Message}\n\n{one.Message}");
        }

        return all;
    }

    private async Task<NodeResult> ApplyHeldAsync(
        ContainerPlacement placement, ImmutableArray<ContainerSpec> specs, ContainerApplyOptions options, CancellationToken stop)
    {
        var records = RunRecords.Read(_paths.RecordsFile);
        var images = new ImageStage(_podman, _time);
        var reading = Inventory.ReadAsync(stop);
        var wanted = await images.ResolveAsync(specs, options, stop);
        var host = await reading;
        var pauses = new PausedServices(_podman, host, _time, Answers, Taken, Lives, _paths.WaitingFile);
        await pauses.RecoverAsync(stop);
        if (await FinishSwapsAsync(wanted, placement, host, stop))
            host = await Inventory.ReadAsync(stop);
        var plan = ContainerPlanner.Plan(wanted, placement, host, records.All);
        var problems = images.Problems.Concat(plan.Problems.Select(problem => problem.ToString())).ToArray();
        if (problems.Length > 0)
            return Refused(problems);
        records.Forget(placement.ConfigId, wanted.Select(spec => spec.Name).ToHashSet());
        var starting = Starting(wanted, host);
        if (plan.Actions.Length == 0 && starting.IsEmpty)
            return new(false, []);
        var health = new HealthWait(_podman, _units, _time, StartTimes.Read(_paths.StartTimesFile), options);
        var work = new ContainerWork(_podman, _units, _paths, placement, records, new(_podman, _time, options.Progress), health);
        return await new ContainerRun(plan, wanted, work, pauses, health, options).ExecuteAsync(starting, stop);
    }

    // An apply that was killed after the end of a former container leaves a successor that works and does not have its name yet. It is not removed: it may be
    // the only database server, and have opened files that the former one does not read.
    private async Task<bool> FinishSwapsAsync(ImmutableArray<ContainerSpec> wanted, ContainerPlacement placement, HostContainers host, CancellationToken stop)
    {
        var finished = false;
        foreach (var name in wanted.Where(spec => spec.Kind == ContainerKind.Service).Select(spec => spec.Name))
        {
            var next = host.Find(ContainerUnit.NextOf(name));
            if (next is not { IsRunning: true } || next.ManagedBy != placement.ManagedBy || host.Find(name) is { IsRunning: true })
                continue;
            await _podman.RemoveAsync(name, stop);
            (await _podman.RenameAsync(next.Name, name, stop)).OrThrow();
            finished = true;
        }

        return finished;
    }

    /// <summary>
    /// The running services that podman does not report as healthy: a killed apply started them, or they have a fault. An apply ends only when
    /// these services are healthy as well.
    /// </summary>
    internal static ImmutableArray<ContainerSpec> Starting(ImmutableArray<ContainerSpec> wanted, HostContainers host) =>
    [
        .. wanted.Where(spec => spec is { Kind: ContainerKind.Service, Health: not null } && host.Find(spec.Name) is { IsRunning: true, Health: not "healthy" }),
    ];

    // A result in every case: whoever asked for JSON reads the reason in it.
    private static bool IsOfHost(Exception exception) => exception is HostCommandException or IOException or UnauthorizedAccessException;

    private ContainerPlacement PlacementOf(string configId, string managedBy) => new(configId, managedBy, _paths.LogDirectory, _paths.RunDirectory);

    private static NodeResult Refused(IEnumerable<string> problems) => new(false, [], Failed: true, string.Join('\n', problems));
}
