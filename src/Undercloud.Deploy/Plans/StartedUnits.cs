using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The units that tasks of templates start. Whether they run can be looked up, so such tasks can be compared with a host without Ansible.</summary>
public static class StartedUnits
{
    private static readonly ImmutableArray<string> s_modules =
        ["ansible.builtin.systemd_service", "ansible.builtin.systemd", "ansible.builtin.service", "systemd_service", "systemd", "service"];

    /// <summary>The units that the services' own tasks on a node start.</summary>
    /// <returns>The units in order; null when some task does anything else, or does it under a condition.</returns>
    public static ImmutableArray<string>? Of(NodePlan node)
    {
        if (node.ExternalDeployTasks.Values.Any(tasks => tasks is ListValue { Items.Length: > 0 }))
            return null;
        var units = new List<string?>(UnitsOf(node.HostPrepTasks, 0));
        foreach (var (step, tasks) in node.DeployStepsTasks)
            units.AddRange(UnitsOf(tasks, step));
        return units.Contains(null) ? null : [.. units.OfType<string>().Distinct()];
    }

    private static IEnumerable<string?> UnitsOf(Value? tasks, int step) => tasks is ListValue list ? list.Items.Select(task => UnitOf(task, step)) : [];

    private static string? UnitOf(Value task, int step)
    {
        if (task is not MapValue map || !StepTasks.IsSureIn(step, task) || map.Entries.Where(entry => entry.Key is not ("name" or "when")).ToList() is not [var (module, action)])
            return null;
        return s_modules.Contains(module) && action is MapValue { Entries.Length: 2 } asked && asked["state"] is StringValue { Text: "started" }
            && asked["name"] is StringValue { Text: var unit } && !unit.Contains('{')
            ? unit
            : null;
    }
}
