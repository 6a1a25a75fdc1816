using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Checks;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>The node on which this program runs: it is asked in this process. One object serves one reading of the host.</summary>
/// <param name="runner">Runs podman, ip and the like.</param>
/// <param name="http">Creates a connection to the cloud's services.</param>
/// <param name="time">The clock.</param>
/// <param name="layout">The paths on the host.</param>
/// <param name="paths">The paths of the container records on the host.</param>
public sealed class LocalNode(IProcessRunner runner, Func<HttpMessageHandler> http, TimeProvider time, NodeLayout layout, ContainerPaths paths) : INodeAgent
{
    private readonly SharedReads _reads = new(runner);

    public async Task<HostState> StateAsync(NodePlan node, CancellationToken stop)
    {
        var host = await new HostStateReader(_reads).ReadAsync(stop);
        return host with { NetworkRefusals = [.. await new NodeNetwork(layout, _reads, time).RefusalsAsync(node.Manifest, stop)] };
    }

    public Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop) => new NodeCheck(_reads, http, time, layout, paths).RunAsync(node, cloud, stop);

    public async Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop)
    {
        var ansible = new AnsibleActions(_reads, layout).CheckAsync(node, stop);
        var rest = await new NodeCheck(_reads, http, time, layout, paths) { HasAllNotes = true }.RunAsync(node, cloud: true, stop);
        var own = await ansible;
        return rest with { Changed = own.Changed || rest.Changed, Changes = [.. own.Changes, .. rest.Changes], Notes = [.. own.Notes, .. rest.Notes] };
    }

    public Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop) =>
        new ContainerStatusReader(_reads, time, paths).ReadAsync(node, gate, stop);

    public Task<DueRestarts> RestartsAsync(NodePlan node, CancellationToken stop) => Task.Run(() => new RestartReader().Read(), stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
