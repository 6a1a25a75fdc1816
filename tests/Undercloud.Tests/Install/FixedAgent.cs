using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Checks;
using Undercloud.Host.Nodes;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Install;

/// <summary>A node's agent with fixed answers.</summary>
internal sealed class FixedAgent : INodeAgent
{
    public HostState State { get; set; } = new();

    public NodeResult Differences { get; set; } = new(false, []);

    public DueRestarts Restarts { get; set; } = new();

    /// <summary>Why the node cannot be asked.</summary>
    public NodeException? Failure { get; set; }

    public Task<HostState> StateAsync(NodePlan node, CancellationToken stop) => Answer(State);

    public Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop) => Answer(Differences);

    public Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop) => Answer(Differences);

    public Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop) => Answer(ImmutableArray<ContainerStatus>.Empty);

    public Task<DueRestarts> RestartsAsync(NodePlan node, CancellationToken stop) => Answer(Restarts);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(T answer) => Failure is null ? Task.FromResult(answer) : throw Failure;
}
