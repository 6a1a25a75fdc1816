using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Files;

/// <summary>Units: enables and disables them, and reloads systemd when unit files change.</summary>
internal sealed class UnitPart(NodeLayout layout, IProcessRunner processes)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private sealed record UnitState(string FileState, bool IsThere, bool NeedsReload)
    {
        // States to which systemctl enable has nothing to add (systemctl(1), is-enabled).
        public bool IsEnabled => FileState is "enabled" or "static" or "alias" or "indirect" or "generated";
    }

    public async Task ApplyAsync(AgentPlan plan, FilesManifest wanted, bool check, CancellationToken stop)
    {
        var units = wanted.EnabledUnits.Concat(wanted.Files.Select(entry => UnitOf(entry.Path)).OfType<string>()).Distinct().ToList();
        if (units.Count == 0)
            return;
        if (!layout.SystemdRuns)
        {
            plan.Notes.Add($"systemd does not run here: units are neither reloaded nor enabled ({string.Join(", ", units)}).");
            return;
        }

        var states = await StatesAsync(units, stop);
        // A run that was killed after it wrote a unit may not have reloaded systemd.
        if (plan.UnitFilesChange || states.Values.Any(state => state.NeedsReload))
            plan.Add(null, ReloadAsync);
        var comes = wanted.Files.Select(entry => UnitOf(entry.Path)).ToHashSet();
        foreach (var unit in wanted.EnabledUnits.Where(unit => !states.TryGetValue(unit, out var state) || !state.IsEnabled))
        {
            if (states.TryGetValue(unit, out var known) && !known.IsThere && !comes.Contains(unit))
                Missing(plan, unit, check);
            plan.Owned = plan.Owned with { Units = plan.Owned.Units.Add(unit) };
            plan.Add(new("unit", unit, "update", "enabled"), token => ControlAsync(["enable", unit], token));
        }
    }

    // Before the first installation, the unit's package may not be installed yet.
    private static void Missing(AgentPlan plan, string unit, bool check)
    {
        if (check)
            plan.Notes.Add($"There is no unit {unit} on this node yet: the package that contains it has to be installed first.");
        else
            plan.Refusals.Add($"There is no unit {unit} on this node: install the package that contains it, then run this again.");
    }

    /// <summary>Disables units before their files are removed; units whose file the tool owns are stopped as well.</summary>
    public async Task DisableAsync(AgentPlan plan, FilesManifest wanted, CancellationToken stop)
    {
        var unwanted = plan.Before.Units.Except(wanted.EnabledUnits);
        plan.Owned = plan.Owned with { Units = plan.Owned.Units.Except(unwanted) };
        if (unwanted.IsEmpty || !layout.SystemdRuns)
            return;
        var states = await StatesAsync([.. unwanted], stop);
        foreach (var unit in unwanted.Where(unit => !states.TryGetValue(unit, out var state) || state.IsThere))
        {
            var ours = plan.Before.Files.ContainsKey(Path.Combine(layout.UnitDirectory, unit));
            if (ours)
                plan.Add(new("unit", unit, "update", "disabled and stopped"), token => ControlAsync(["disable", "--now", unit], token));
            else if (!states.TryGetValue(unit, out var state) || state.FileState == "enabled")
                plan.Add(new("unit", unit, "update", "disabled"), token => ControlAsync(["disable", unit], token));
        }
    }

    /// <summary>Reloads systemd when unit files are removed.</summary>
    public void Reload(AgentPlan plan)
    {
        if (plan.UnitFilesChange && layout.SystemdRuns)
            plan.Add(null, ReloadAsync);
    }

    private Task ReloadAsync(CancellationToken stop) => ControlAsync(["daemon-reload"], stop);

    private async Task ControlAsync(string[] arguments, CancellationToken stop) =>
        (await processes.RunAsync(Control(arguments), stop)).OrThrow();

    private static CommandLine Control(string[] arguments) => CommandLine.Of("systemctl", arguments) with { Timeout = s_limit };

    // One call for all units. systemctl prints one paragraph for each unit, in order; a missing unit has an empty state.
    private async Task<Dictionary<string, UnitState>> StatesAsync(IReadOnlyList<string> units, CancellationToken stop)
    {
        // A template unit has no state.
        var asked = units.Where(unit => !unit.Contains("@.", StringComparison.Ordinal)).ToList();
        if (asked.Count == 0)
            return [];
        var result = (await processes.RunAsync(
            Control(["show", "--property=Id,LoadState,UnitFileState,NeedDaemonReload", "--", .. asked]), stop)).OrThrow();
        return result.Output.TrimEnd().Split("\n\n")
            .Zip(asked, (paragraph, unit) => (unit, paragraph))
            .ToDictionary(pair => pair.unit, pair => StateOf(pair.paragraph));
    }

    private static UnitState StateOf(string paragraph)
    {
        var properties = paragraph.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new(
            properties.GetValueOrDefault("UnitFileState", ""),
            properties.GetValueOrDefault("LoadState") != "not-found",
            properties.GetValueOrDefault("NeedDaemonReload") == "yes");
    }

    // /etc/systemd/system/x.service, or a drop-in /etc/systemd/system/x.service.d/y.conf.
    private string? UnitOf(string path)
    {
        if (!FilePart.IsUnitFile(path, layout))
            return null;
        var name = path[(layout.UnitDirectory.Length + 1)..].Split('/')[0];
        return name.EndsWith(".d", StringComparison.Ordinal) ? name[..^2] : name;
    }
}
