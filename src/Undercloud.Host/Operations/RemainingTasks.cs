using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Operations;

/// <summary>Decides what to play of a plan that is already applied.</summary>
public static class RemainingTasks
{
    /// <summary>A note counts as a difference: the operator sees it, or the run waits for its subject, only when everything is played.</summary>
    /// <param name="plan">The applied plan.</param>
    /// <param name="unapplied">For every node, what applying the plan would do (<see cref="INodeAgent.UnappliedAsync"/>).</param>
    public static RemainingWork Of(DeploymentPlan plan, IReadOnlyCollection<NodeResult> unapplied) =>
        unapplied.Any(node => node.Failed || node.Changed || node.Notes.Count > 0) ? RemainingWork.All
        : plan.Nodes.Any(node => StartedUnits.Of(node) is null) ? RemainingWork.TemplateTasks
        : RemainingWork.Nothing;
}
