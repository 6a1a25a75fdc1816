using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Operations;

/// <summary>Decides what is left to play of a plan that is applied already.</summary>
public static class RemainingTasks
{
    /// <summary>A note is as good as a difference: whoever plays it all hears it, or waits for what it is about.</summary>
    /// <param name="plan">The applied plan.</param>
    /// <param name="unapplied">What applying it would do, of every node (<see cref="INodeAgent.UnappliedAsync"/>).</param>
    public static RemainingWork Of(DeploymentPlan plan, IReadOnlyCollection<NodeResult> unapplied) =>
        unapplied.Any(node => node.Failed || node.Changed || node.Notes.Count > 0) ? RemainingWork.All
        : plan.Nodes.Any(node => StartedUnits.Of(node) is null) ? RemainingWork.TemplateTasks
        : RemainingWork.Nothing;
}
