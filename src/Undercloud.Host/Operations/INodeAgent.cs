using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Checks;

namespace Undercloud.Host.Operations;

/// <summary>The questions that operations ask of one node. None of them changes the node.</summary>
public interface INodeAgent : IAsyncDisposable
{
    /// <summary>The facts of the node on which an installation depends.</summary>
    Task<HostState> StateAsync(NodePlan node, CancellationToken stop);

    /// <summary>The differences between the plan and the node.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="cloud">Whether to compare the objects in the cloud as well.</param>
    /// <param name="stop">Cancels the comparison.</param>
    Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop);

    /// <summary>
    /// What applying the plan would do on the node: the differences of <see cref="CheckAsync"/>, the actions of Ansible as far as they can be compared,
    /// and a note for everything that an apply would wait for or report. Only tasks of templates that do more than start units are not compared
    /// (<see cref="Undercloud.Deploy.Plans.StartedUnits"/>).
    /// </summary>
    Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop);

    /// <summary>The state of the plan's containers.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="gate">Limits the number of health checks that run at a time.</param>
    /// <param name="stop">Cancels the reading.</param>
    Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop);

    /// <summary>The restarts that became necessary on the node, because packages replaced what runs.</summary>
    Task<DueRestarts> RestartsAsync(NodePlan node, CancellationToken stop);
}
