using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>The agents of a plan's nodes: in this process for the deploying host, over SSH for a node with a connection.</summary>
/// <param name="runner">Runs programs on this host.</param>
/// <param name="http">Creates a connection to the cloud's services.</param>
/// <param name="time">The clock.</param>
public sealed class NodeAgents(IProcessRunner runner, Func<HttpMessageHandler> http, TimeProvider time)
{
    /// <summary>The paths on this host; by default those of a real host.</summary>
    public NodeLayout Layout { get; init; } = new();

    /// <summary>The paths of the container records on this host; by default those of a real host.</summary>
    public ContainerPaths Paths { get; init; } = new();

    /// <summary>Makes the agent of this host; null for <see cref="LocalNode"/>.</summary>
    public Func<INodeAgent>? Local { get; init; }

    /// <summary>The agent of a node.</summary>
    public INodeAgent Of(NodePlan node) => node.Connection is { } ssh
        ? new RemoteNode(new RemoteTool(runner, node.Name, ssh, ToolHome.Program))
        : Local?.Invoke() ?? new LocalNode(runner, http, time, Layout, Paths);

    /// <summary>The runner of programs on a node.</summary>
    public IProcessRunner RunnerOf(NodePlan node) => node.Connection is { } ssh ? new SshRunner(runner, ssh) : runner;

    /// <summary>Asks all nodes at once.</summary>
    /// <returns>The answers, in the order of the nodes.</returns>
    /// <exception cref="InstallException">A node cannot be asked; the message names every such node.</exception>
    public async Task<(NodePlan Node, T Answer)[]> AskAllAsync<T>(DeploymentPlan plan, Func<INodeAgent, NodePlan, Task<T>> ask)
    {
        var asked = await Task.WhenAll(plan.Nodes.Select(async node =>
        {
            await using var agent = Of(node);
            try
            {
                return (Node: node, Answer: await ask(agent, node), Failure: (string?)null);
            }
            catch (NodeException failure)
            {
                return (node, default!, failure.Message);
            }
        }));
        var failures = asked.Select(one => one.Failure).OfType<string>().ToList();
        return failures.Count > 0 ? throw new InstallException(string.Join('\n', failures)) : [.. asked.Select(one => (one.Node, one.Answer))];
    }

    /// <summary>The differences between a plan and its nodes. Diffs hold secrets: mask before showing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cloud">Whether to compare the objects in the cloud as well; a service that does not answer gives a note.</param>
    /// <param name="stop">Cancels the comparison.</param>
    /// <exception cref="InstallException">A node cannot be asked or compared.</exception>
    public async Task<NodeResult> CheckAsync(DeploymentPlan plan, bool cloud, CancellationToken stop)
    {
        var results = await AskAllAsync(plan, (agent, node) => agent.CheckAsync(node, cloud, stop));
        if (results.Where(result => result.Answer.Failed).ToList() is { Count: > 0 } failed)
            throw new InstallException(string.Join('\n', failed.Select(one => $"Host {one.Node.Name} cannot be compared with the plan.\n{one.Answer.Message}")));
        var changes = results.SelectMany(result => result.Answer.Changes.Select(change => plan.Nodes.Count > 1 ? change with { Node = result.Node.Name } : change)).ToList();
        return new(changes.Count > 0, changes) { Notes = [.. results.SelectMany(result => result.Answer.Notes).Distinct()] };
    }
}
