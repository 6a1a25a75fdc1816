using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Sequence;

/// <summary>
/// The order of actions that reconciles a node with its plan. It is rendered as an Ansible playbook to apply a plan, and run in-process to check one.
/// </summary>
public static class NodeSequence
{
    /// <summary>The phases that reconcile a node with its plan; for a plan without services, the phase that removes everything.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="isUpdate">Whether the services' tasks for an update belong to it.</param>
    public static ImmutableArray<NodePhase> Of(NodePlan node, bool isUpdate = false) => node.Services.Count == 0
        ? [Removal()]
        : [Preparation(node, isUpdate), .. Planner.Steps.Select(step => Step(node, step, isUpdate)), CleanUp(node), .. isUpdate && node.PostUpdateTasks.Count > 0 ? Planner.PostUpdateSteps.Select(step => AfterUpdate(node, step)) : []];

    /// <summary>The command line of an action after the program's name; null for an action of Ansible.</summary>
    /// <param name="task">The action.</param>
    /// <param name="node">The node it is for.</param>
    /// <param name="purge">Whether a prune also removes state directories and kept files.</param>
    public static ImmutableArray<string>? CommandOf(NodeTask task, NodePlan node, bool purge) => CommandOf(task, ManagedBy(node.Role), purge);

    /// <summary>The command line of an action after the program's name; null for an action of Ansible.</summary>
    /// <param name="task">The action.</param>
    /// <param name="managedBy">The label managed_by of the node's containers.</param>
    /// <param name="purge">Whether a prune also removes state directories and kept files.</param>
    public static ImmutableArray<string>? CommandOf(NodeTask task, string managedBy, bool purge) => task.Action switch
    {
        NodeAction.ApplyFiles => ["agent", "files", "apply"],
        NodeAction.ApplyNetwork => ["agent", "network", "apply"],
        NodeAction.ApplyFirewall => ["agent", "firewall", "apply"],
        NodeAction.ApplyCertificates => ["agent", "certificates", "apply"],
        NodeAction.ApplyContainers =>
            ["container", "apply", "--config-id", StartupPlaces.ConfigIdOf(task.Step), "--file", StartupPlaces.FileOf(task.Step), "--managed-by", managedBy],
        NodeAction.ApplyCloud => ["agent", "cloud", "apply", "--step", $"{task.Step}"],
        NodeAction.PruneCloud => ["agent", "cloud", "prune", "--step", $"{task.Step}"],
        NodeAction.DeleteContainers =>
            ["container", "delete", .. Planner.Steps.Reverse().SelectMany(step => new[] { "--config-id", StartupPlaces.ConfigIdOf(step) }), "--managed-by", managedBy],
        NodeAction.PruneFirewall => ["agent", "firewall", "prune"],
        NodeAction.PruneNetwork => ["agent", "network", "prune"],
        NodeAction.PruneFiles => purge ? ["agent", "files", "prune", "--purge"] : ["agent", "files", "prune"],
        _ => null,
    };

    /// <summary>The label managed_by of the containers of a role's nodes.</summary>
    public static string ManagedBy(string role) => $"tripleo-{role}";

    private static NodePhase Preparation(NodePlan node, bool isUpdate)
    {
        var tasks = new List<NodeTask>
        {
            new(NodeAction.Stage, "Copy the tool and the manifest to the node"),
            new(NodeAction.RecordRelease, "Record the release"),
        };
        AddUpdateTasks(tasks, node, 0, isUpdate);
        tasks.Add(new(NodeAction.ApplyFiles, "Make directories, files and units"));
        if (node.Packages.Count > 0)
            tasks.Add(new(NodeAction.InstallPackages, "Install packages"));
        tasks.Add(new(NodeAction.ApplyNetwork, "Bring up the control plane network"));
        if (node.Manifest.Firewall is not null)
            tasks.Add(new(NodeAction.ApplyFirewall, "Load the firewall"));
        if (node.Manifest.Certificates.Count > 0)
            tasks.Add(new(NodeAction.ApplyCertificates, "Make certificates"));
        if (node.HostPrepTasks is ListValue { Items.Length: > 0 })
            tasks.Add(new(NodeAction.HostPrepTasks, "Prepare the host for the services"));
        return new("Host preparation", 0, [.. tasks]);
    }

    private static NodePhase Step(NodePlan node, int step, bool isUpdate)
    {
        var tasks = new List<NodeTask>();
        AddUpdateTasks(tasks, node, step, isUpdate);
        if (node.ExternalDeployTasks.ContainsKey(step))
            tasks.Add(new(NodeAction.ExternalDeployTasks, $"Deploy what is outside the nodes in step {step}", step));
        if (node.DeployStepsTasks.ContainsKey(step))
            tasks.Add(new(NodeAction.DeployStepsTasks, $"Run the services' tasks of step {step}", step));
        tasks.Add(new(NodeAction.ApplyContainers, $"Bring up the containers of step {step}", step));
        if (node.Manifest.Cloud.TryGetValue(step, out var cloud))
            tasks.Add(new(NodeAction.ApplyCloud, cloud.Resources.IsEmpty() ? "Make projects, users, services and endpoints" : "Make networks, flavors and quotas", step));
        return new($"Step {step}", step, [.. tasks]);
    }

    private static void AddUpdateTasks(List<NodeTask> tasks, NodePlan node, int step, bool isUpdate)
    {
        if (isUpdate && node.UpdateTasks.ContainsKey(step))
            tasks.Add(new(NodeAction.UpdateTasks, $"Run the services' tasks for an update of step {step}", step));
    }

    // Every node with such tasks has all these phases, so that a step ends on every node before the next one begins.
    private static NodePhase AfterUpdate(NodePlan node, int step) => new(
        $"After the update, step {step}",
        step,
        node.PostUpdateTasks.ContainsKey(step) ? [new(NodeAction.PostUpdateTasks, $"Run the services' tasks after an update of step {step}", step)] : []);

    private static NodePhase CleanUp(NodePlan node) => new(
        "Clean up",
        Planner.Steps[^1] + 1,
        [
            // One call prunes the objects of all steps.
            .. node.Manifest.Cloud.Keys.Take(1).Select(step => new NodeTask(NodeAction.PruneCloud, "Remove what is no longer wanted from the cloud", step)),
            .. Prune(),
        ]);

    // Containers are removed before the network and the files that they use.
    private static NodePhase Removal() => new(
        "Removal",
        0,
        [
            new(NodeAction.Stage, "Copy the tool and the manifest to the node"),
            new(NodeAction.DeleteContainers, "Remove the containers"),
            .. Prune(),
        ]);

    private static IEnumerable<NodeTask> Prune() =>
    [
        new(NodeAction.PruneFirewall, "Remove the firewall if it is no longer wanted"),
        new(NodeAction.PruneNetwork, "Remove addresses that are no longer wanted"),
        new(NodeAction.PruneFiles, "Remove files that are no longer wanted"),
    ];
}
