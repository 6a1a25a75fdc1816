using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Sequence;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Agent.Cloud;
using Undercloud.Host.Agent.Files;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Compares a node's plan with this host: runs the actions of <see cref="NodeSequence"/> in this process without changing anything. What only
/// Ansible does (packages, tasks of templates) is not compared.
/// </summary>
/// <param name="processes">Runs podman, ip and the like.</param>
/// <param name="http">Creates a connection to the cloud's services.</param>
/// <param name="time">The clock.</param>
/// <param name="layout">The paths on the host; by default those of a real host.</param>
/// <param name="paths">The paths of the container records on the host; by default those of a real host.</param>
public sealed class NodeCheck(IProcessRunner processes, Func<HttpMessageHandler> http, TimeProvider time, NodeLayout? layout = null, ContainerPaths? paths = null)
{
    /// <summary>Whether the result has the notes of every action, not only those about the cloud.</summary>
    public bool HasAllNotes { get; init; }

    private readonly NodeFiles _files = new(layout ?? new(), processes);
    private readonly NodeNetwork _network = new(layout ?? new(), processes, time);
    private readonly NodeFirewall _firewall = new(layout ?? new(), processes);
    private readonly NodeCertificates _certificates = new(layout ?? new(), processes, time);
    private readonly NodeCloud _cloud = new(layout ?? new(), http, LocalAddresses.Has, time);
    private readonly ContainerApplier _containers = new(processes, time, paths);

    /// <summary>
    /// All differences between the node's plan and this host. Diffs hold secrets: mask before showing. A note names what could not be compared because
    /// a service of an installed cloud did not answer.
    /// </summary>
    /// <param name="node">The desired state.</param>
    /// <param name="cloud">Whether to compare the objects in the cloud as well; a service that does not answer gives a note.</param>
    /// <param name="stop">Cancels the comparison.</param>
    /// <returns>The differences; failed when something could not be compared, with a message that names everything of that kind.</returns>
    public async Task<NodeResult> RunAsync(NodePlan node, bool cloud, CancellationToken stop)
    {
        var answers = await NodeAsync(node, cloud, stop);
        if (answers.Where(answer => answer.Result.Failed).Select(answer => answer.Result.Message).Distinct().ToList() is { Count: > 0 } failures)
            return new(false, [], Failed: true, string.Join('\n', failures));
        NodeChange[] changes = [.. answers.SelectMany(answer => answer.Result.Changes)];
        return new(changes.Length > 0, changes) { Notes = [.. answers.Where(answer => HasAllNotes || IsOfCloud(answer.Task)).SelectMany(answer => answer.Result.Notes).Distinct()] };
    }

    private async Task<(NodeTask Task, NodeResult Result)[]> NodeAsync(NodePlan node, bool cloud, CancellationToken stop)
    {
        var tasks = NodeSequence.Of(node).SelectMany(phase => phase.Tasks).Where(task => cloud || !IsOfCloud(task)).ToList();
        var steps = tasks.Where(task => task.Action == NodeAction.ApplyContainers).ToList();

        // The actions only read, so they run concurrently. The containers of all steps are compared at once, in the place of the first step.
        return await Task.WhenAll(tasks
            .Where(task => task.Action != NodeAction.ApplyContainers || task == steps[0])
            .Select(async task => (task, await CheckAsync(task, node, steps, stop))));
    }

    private async Task<NodeResult> CheckAsync(NodeTask task, NodePlan node, IEnumerable<NodeTask> steps, CancellationToken stop)
    {
        try
        {
            return task.Action switch
            {
                NodeAction.ApplyContainers => await ContainersAsync(node, steps.Select(step => step.Step), stop),
                NodeAction.DeleteContainers => await ContainersAsync(node, Planner.Steps, stop),
                _ => await AgentAsync(task, node.Manifest, stop),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostCommandException)
        {
            return new(false, [], Failed: true, exception.Message);
        }
    }

    private Task<NodeResult> ContainersAsync(NodePlan node, IEnumerable<int> steps, CancellationToken stop) =>
        _containers.CheckAsync([.. steps.Select(step => (StartupPlaces.ConfigIdOf(step), node.ContainersOf(step)))], NodeSequence.ManagedBy(node.Role), stop);

    private Task<NodeResult> AgentAsync(NodeTask task, NodeManifest manifest, CancellationToken stop) => task.Action switch
    {
        NodeAction.ApplyFiles => _files.ApplyAsync(manifest, check: true, stop),
        NodeAction.ApplyNetwork => _network.ApplyAsync(manifest, TimeSpan.Zero, check: true, stop),
        NodeAction.ApplyFirewall => _firewall.ApplyAsync(manifest, check: true, stop),
        NodeAction.ApplyCertificates => _certificates.ApplyAsync(manifest, check: true, stop),
        NodeAction.ApplyCloud => _cloud.ApplyAsync(manifest, task.Step, check: true, stop),
        NodeAction.PruneCloud => _cloud.PruneAsync(manifest, task.Step, check: true, stop),
        NodeAction.PruneFirewall => _firewall.PruneAsync(manifest, check: true, stop),
        NodeAction.PruneNetwork => _network.PruneAsync(manifest, check: true, stop),
        NodeAction.PruneFiles => _files.PruneAsync(manifest, purge: false, check: true, stop),
        _ => Task.FromResult(new NodeResult(false, [])),
    };

    private static bool IsOfCloud(NodeTask task) => task.Action is NodeAction.ApplyCloud or NodeAction.PruneCloud;
}
