using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Containers;

/// <summary>Compares the desired containers of one config id with those of a host and plans the actions. Pure.</summary>
public sealed class ContainerPlanner
{
    private readonly ContainerPlacement _placement;
    private readonly HostContainers _host;
    private readonly IReadOnlyDictionary<string, RunRecord> _records;
    private readonly DiagnosticBag _problems = new();
    private readonly List<ContainerAction> _actions = [];

    private ContainerPlanner(ContainerPlacement placement, HostContainers host, IReadOnlyDictionary<string, RunRecord> records)
    {
        _placement = placement;
        _host = host;
        _records = records;
    }

    /// <summary>The plan that reconciles the host's containers of this config id with <paramref name="wanted"/>.</summary>
    /// <param name="wanted">The desired containers, with resolved image ids.</param>
    /// <param name="placement">The config id and the manager.</param>
    /// <param name="host">All containers and container units of the host.</param>
    /// <param name="records">Earlier successes, by <see cref="RecordKey"/>.</param>
    public static ContainerPlan Plan(
        ImmutableArray<ContainerSpec> wanted, ContainerPlacement placement, HostContainers host, IReadOnlyDictionary<string, RunRecord> records)
    {
        var planner = new ContainerPlanner(placement, host, records);
        planner.PlanRemovals(wanted);
        foreach (var spec in wanted.Where(spec => spec.Kind != ContainerKind.Exec && planner.MayHaveName(spec)))
        {
            if (spec.Kind == ContainerKind.Service)
                planner.PlanService(spec);
            else
                planner.PlanOneShot(spec);
        }

        foreach (var spec in wanted.Where(spec => spec.Kind == ContainerKind.Exec))
            planner.PlanExec(spec, wanted);
        return new(
            [.. planner._actions.OrderBy(a => a.StartOrder).ThenBy(a => a.Kind == ContainerActionKind.Exec).ThenBy(a => a.Name, StringComparer.Ordinal)],
            planner._problems.All);
    }

    /// <summary>The key of a run record.</summary>
    public static string RecordKey(string configId, string name) => $"{configId}/{name}";

    private void PlanRemovals(ImmutableArray<ContainerSpec> wanted)
    {
        var kept = wanted.Where(spec => spec.Kind != ContainerKind.Exec).Select(spec => spec.Name).ToHashSet(StringComparer.Ordinal);
        var containers = _host.Containers.Where(container => IsOurs(container) && !kept.Contains(container.Name)).ToArray();
        foreach (var container in containers)
            _actions.Add(new(ContainerActionKind.Remove, container.Name, "not wanted any more", null, container, OurUnit(container.Name)));

        // Left by an apply that was interrupted between a container and its unit.
        foreach (var unit in _host.Units.Where(unit => unit.Owner == Owner && !kept.Contains(unit.Container)))
        {
            if (containers.All(container => container.Name != unit.Container))
                _actions.Add(new(ContainerActionKind.Remove, unit.Container, "unit without a container", null, null, unit));
        }
    }

    private void PlanService(ContainerSpec spec)
    {
        var existing = _host.Find(spec.Name);
        var unit = _host.UnitOf(spec.Name);
        if (existing is null)
            Add(ContainerActionKind.Create, spec, "new", existing, unit);
        else if (Difference(spec, existing) is { } difference)
            Add(ContainerActionKind.Replace, spec, difference, existing, unit);
        else if (NotRunning(spec, existing, unit) is { } reason)
            Add(ContainerActionKind.Start, spec, reason, existing, unit);
        else if ((unit?.SocketText ?? "") != ContainerUnit.SocketText(spec, _placement))
            Add(ContainerActionKind.Start, spec, "sockets differ", existing, unit);
        else if (unit is { NeedsReload: true })
            Add(ContainerActionKind.UpdateUnit, spec, "unit was not reloaded", existing, unit);
        else if (unit is null || unit.Text != ContainerUnit.Text(spec, _placement) || unit.Enabled != ContainerUnit.IsEnabled(spec))
            Add(ContainerActionKind.UpdateUnit, spec, unit is null ? "unit is missing" : "unit differs", existing, unit);
    }

    // A service without a restart policy that ended successfully is done, not broken.
    private static string? NotRunning(ContainerSpec spec, ContainerFact existing, UnitFact? unit) =>
        existing.IsRunning && unit is { IsActive: true } ? null
        : spec.Restart == RestartPolicy.No && existing is { State: "exited", ExitCode: 0 } ? null
        : existing.IsRunning ? "was not run by its unit"
        : existing.State == "paused" ? "was paused"
        : "was not running";

    private void PlanOneShot(ContainerSpec spec)
    {
        var existing = _host.Find(spec.Name);
        var unit = OurUnit(spec.Name);
        var difference = existing is null ? null : Difference(spec, existing);
        var hash = ContainerFingerprint.Of(spec).Hash;
        if (existing is null && spec.Remove && _records.TryGetValue(RecordKey(_placement.ConfigId, spec.Name), out var record) && record.Hash == hash)
            return;
        if (existing is null)
            Add(ContainerActionKind.Run, spec, spec.Remove ? "has not succeeded like this yet" : "new", existing, unit);
        else if (difference is not null)
            Add(ContainerActionKind.Run, spec, difference, existing, unit);
        else if (existing.State is "running" or "paused")
            Add(ContainerActionKind.Await, spec, "still runs", existing, unit);
        else if (existing.State != "exited")
            Add(ContainerActionKind.Run, spec, "was not run", existing, unit);
        else if (!spec.ExitCodes.Contains(existing.ExitCode))
            Add(ContainerActionKind.Run, spec, $"last ended with exit code {existing.ExitCode}", existing, unit);
    }

    private void PlanExec(ContainerSpec spec, ImmutableArray<ContainerSpec> wanted)
    {
        var target = spec.Command[0];
        var existing = _host.Find(target);
        var made = _actions.Find(a => a.Name == target && a.Kind is ContainerActionKind.Create or ContainerActionKind.Replace);
        var isWanted = wanted.Any(other => other.Name == target && other.Kind == ContainerKind.Service);
        if (!isWanted && existing is null)
        {
            _problems.Error(null, "CTR021", $"'{spec.Name}' is to run in container '{target}', which is not here.", "Name a container of this or an earlier step.");
            return;
        }

        if (!isWanted && existing!.ManagedBy != _placement.ManagedBy)
        {
            _problems.Error(null, "CTR022", $"'{spec.Name}' is to run in container '{target}', which is not managed by {_placement.ManagedBy}.");
            return;
        }

        if (existing is null && made is null)
            return; // Its own problem is told already.
        var reason = made is not null ? $"{target} is {(made.Kind == ContainerActionKind.Create ? "new" : "replaced")}"
            : !_records.TryGetValue(RecordKey(_placement.ConfigId, spec.Name), out var record) ? "has not succeeded yet"
            : record.Target != existing!.Id ? $"{target} was replaced"
            : record.Hash != ContainerFingerprint.Of(spec).Hash ? "specification differs"
            : null;
        if (reason is not null)
            Add(ContainerActionKind.Exec, spec, reason, existing, null);
    }

    private void Add(ContainerActionKind kind, ContainerSpec spec, string reason, ContainerFact? existing, UnitFact? unit) =>
        _actions.Add(new(kind, spec.Name, reason, spec, existing, unit));

    private string? Difference(ContainerSpec spec, ContainerFact existing)
    {
        var fingerprint = ContainerFingerprint.Of(spec);
        // A container whose conmon was killed stays "stopping" and can never be started again (podman 4).
        return existing.State is "removing" or "stopping" ? $"was half {(existing.State == "removing" ? "removed" : "stopped")}"
            : existing.ConfigId != _placement.ConfigId ? $"moves here from {existing.ConfigId}"
            : existing.Hash != fingerprint.Hash ? fingerprint.Difference(existing.Parts)
            : null;
    }

    private bool MayHaveName(ContainerSpec spec)
    {
        if (_host.Find(spec.Name) is { } container && container.ManagedBy != _placement.ManagedBy)
        {
            _problems.Error(
                null, "CTR020", $"A container named '{spec.Name}' is here already and is not managed by {_placement.ManagedBy}.",
                $"It is left as it is. If nobody needs it: podman rm -f {spec.Name}");
            return false;
        }

        if (spec.Kind == ContainerKind.Service && _host.UnitOf(spec.Name) is { Text.Length: > 0 } unit && unit.Owner?.ManagedBy != _placement.ManagedBy)
        {
            var name = ContainerUnit.NameOf(spec.Name);
            _problems.Error(
                null, "CTR023", $"A unit {name} is here already and is not managed by {_placement.ManagedBy}.",
                $"It is left as it is. If nobody needs it: systemctl disable --now {name}, and delete its file.");
            return false;
        }

        return true;
    }

    private (string, string) Owner => (_placement.ConfigId, _placement.ManagedBy);

    private bool IsOurs(ContainerFact container) =>
        container.ConfigId == _placement.ConfigId && container.ManagedBy == _placement.ManagedBy;

    private UnitFact? OurUnit(string container) =>
        _host.UnitOf(container) is { } unit && unit.Owner?.ManagedBy == _placement.ManagedBy ? unit : null;
}
