using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Checks;
using Undercloud.Host.Nodes;

namespace Undercloud.Host.Operations;

/// <summary>A node that is reached over SSH: the same program answers the same questions there (<c>undercloud agent inspect …</c>).</summary>
/// <param name="tool">The program on the node.</param>
public sealed class RemoteNode(RemoteTool tool) : INodeAgent
{
    /// <summary>Asks for <see cref="StateAsync"/>.</summary>
    public const string State = "state";

    /// <summary>Asks for <see cref="CheckAsync"/>.</summary>
    public const string Check = "check";

    /// <summary>Asks for <see cref="ContainersAsync"/>.</summary>
    public const string Containers = "containers";

    /// <summary>Asks for <see cref="UnappliedAsync"/>.</summary>
    public const string Unapplied = "unapplied";

    /// <summary>Asks for <see cref="RestartsAsync"/>.</summary>
    public const string Restarts = "restarts";

    public Task<HostState> StateAsync(NodePlan node, CancellationToken stop) => AskAsync(node, [State], NodeReports.ReadState, stop);

    public Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop) =>
        AskAsync(node, cloud ? [Check, "--cloud"] : [Check], ManifestJson.ReadResult, stop);

    public Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop) => AskAsync(node, [Unapplied], ManifestJson.ReadResult, stop);

    public Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop) => AskAsync(node, [Containers], NodeReports.ReadContainers, stop);

    public Task<DueRestarts> RestartsAsync(NodePlan node, CancellationToken stop) => AskAsync(node, [Restarts], NodeReports.ReadRestarts, stop);

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    private async Task<T> AskAsync<T>(NodePlan node, ImmutableArray<string> what, Func<string, T> read, CancellationToken stop)
    {
        try
        {
            return read(await tool.RunAsync(["agent", "inspect", .. what], PlanJson.Write(node), stop));
        }
        catch (JsonException failure)
        {
            throw new NodeException($"The node {node.Name} gives no answer that this program can read: {failure.Message}");
        }
    }
}
