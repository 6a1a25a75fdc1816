using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Checks;

namespace Undercloud.Host.Operations;

/// <summary>What operations ask of one node; nothing of it changes the node.</summary>
public interface INodeAgent : IAsyncDisposable
{
    /// <summary>What the node has, as far as an installation depends on it.</summary>
    Task<HostState> StateAsync(NodePlan node, CancellationToken stop);

    /// <summary>What differs between the plan and the node.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="cloud">Also ask the cloud's services for the objects in them.</param>
    /// <param name="stop">Ends it.</param>
    Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop);

    /// <summary>
    /// What applying the plan would do on the node. Beside what <see cref="CheckAsync"/> compares these are the actions of Ansible, as far as they can be compared,
    /// and notes about all that an apply would wait for or say. Only tasks of templates that do more than start units are left out
    /// (<see cref="Undercloud.Deploy.Plans.StartedUnits"/>).
    /// </summary>
    Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop);

    /// <summary>The containers of the plan, as they are.</summary>
    /// <param name="node">The node's plan.</param>
    /// <param name="gate">Lets as many health checks through at a time as may run.</param>
    /// <param name="stop">Ends it.</param>
    Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop);
}
