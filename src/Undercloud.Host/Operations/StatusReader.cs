using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;
using Undercloud.Host.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>The state of the undercloud, compared with the newest applied plan.</summary>
public sealed record UndercloudStatus(
    Generation? Applied,
    Generation? Newest,
    IReadOnlyList<EndpointStatus> Endpoints,
    IReadOnlyList<ContainerStatus> Containers,
    IReadOnlyList<NodeChange> Drift)
{
    /// <summary>The OpenStack release of the applied plan.</summary>
    public string? Release { get; init; }

    /// <summary>Why the applied plan could not be read, with the remedy: then nothing is compared. Null when it was read.</summary>
    public string? Problem { get; init; }

    /// <summary>Why nodes could not be asked, one sentence each.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    public bool Good => Applied is not null && Problem is null && Silent.Count == 0 && Endpoints.All(e => e.Up) && Containers.All(c => c.Good) && Drift.Count == 0;
}

/// <summary>Reads the state of everything in the plan: endpoints by a request, containers by their health checks, drift by the agent's verbs.</summary>
/// <param name="runner">Runs podman, ip and the like.</param>
/// <param name="generations">The recorded plans.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
public sealed class StatusReader(IProcessRunner runner, GenerationStore generations, HttpMessageHandler http, TimeProvider time)
{
    /// <summary>The paths on the host; by default those of a real host.</summary>
    public NodeLayout Layout { get; init; } = new();

    /// <summary>The paths of the container records on the host; by default those of a real host.</summary>
    public ContainerPaths Paths { get; init; } = new();

    public async Task<UndercloudStatus> ReadAsync(CancellationToken stop)
    {
        var newest = generations.Newest();
        if (generations.NewestApplied() is not { } applied)
            return new(null, newest, [], [], []);
        DeploymentPlan plan;
        try
        {
            plan = generations.ReadPlan(applied.Number);
        }
        catch (DamagedStateException damage)
        {
            return new(applied, newest, [], [], []) { Problem = damage.Message };
        }

        using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
        var endpoints = new EndpointCheck(http, time, gate).RunAsync(EndpointCheck.Of(plan), stop);
        var nodes = await Task.WhenAll(plan.Nodes.Select(node => NodeAsync(node, gate, plan.Nodes.Count > 1, stop)));
        return new(applied, newest, await endpoints, [.. nodes.SelectMany(node => node.Containers)], [.. nodes.SelectMany(node => node.Drift)])
        {
            Release = plan.Release,
            Silent = [.. nodes.Select(node => node.Problem).OfType<string>()],
        };
    }

    private async Task<(IEnumerable<ContainerStatus> Containers, IEnumerable<NodeChange> Drift, string? Problem)> NodeAsync(NodePlan node, SemaphoreSlim gate, bool isOfSeveral, CancellationToken stop)
    {
        var name = isOfSeveral ? node.Name : null;
        await using var agent = new NodeAgents(runner, () => http, time) { Layout = Layout, Paths = Paths }.Of(node);
        try
        {
            var containers = agent.ContainersAsync(node, gate, stop);
            var check = agent.CheckAsync(node, cloud: false, stop);
            await Task.WhenAll(containers, check);
            return (
                (await containers).Select(container => container with { Node = name }),
                (await check).Changes.Select(change => change with { Diff = null, Node = name }),
                (await check).Failed ? $"Host {node.Name} cannot be compared with the plan.\n{(await check).Message}" : null);
        }
        catch (NodeException failure)
        {
            return ([], [], failure.Message);
        }
    }
}
