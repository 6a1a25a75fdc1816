using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;

namespace Undercloud.Host.BareMetal;

/// <summary>Makes nodes manageable, inspects and provides them, from any idle state. A node that fails is not processed further.</summary>
public sealed class NodePipeline(NodeTransitions transitions)
{
    /// <summary>Makes newly enrolled nodes manageable.</summary>
    public Task<ImmutableArray<NodeOutcome>> ManageAsync(ImmutableArray<NodeOutcome> nodes, CancellationToken stop) =>
        StepAsync(nodes, state => state == ProvisionStates.Enroll, NodeTransition.Manage, stop);

    /// <summary>Inspects nodes. They are manageable afterwards, even those that were available: Nova must not use a node during the inspection.</summary>
    public async Task<ImmutableArray<NodeOutcome>> IntrospectAsync(ImmutableArray<NodeOutcome> nodes, CancellationToken stop)
    {
        nodes = await StepAsync(Idle(nodes, "inspected"), state => state != ProvisionStates.Manageable, NodeTransition.Manage, stop);
        return await StepAsync(nodes, state => state == ProvisionStates.Manageable, NodeTransition.Inspect, stop);
    }

    /// <summary>Makes nodes available.</summary>
    public async Task<ImmutableArray<NodeOutcome>> ProvideAsync(ImmutableArray<NodeOutcome> nodes, CancellationToken stop)
    {
        nodes = await StepAsync(Idle(nodes, "provided"), state => state is not (ProvisionStates.Manageable or ProvisionStates.Available), NodeTransition.Manage, stop);
        return await StepAsync(nodes, state => state == ProvisionStates.Manageable, NodeTransition.Provide, stop);
    }

    private static ImmutableArray<NodeOutcome> Idle(ImmutableArray<NodeOutcome> nodes, string done) =>
    [
        .. nodes.Select(node => node.Error is null && (node.InUse || !ProvisionStates.IsIdle(node.State))
            ? node with { Error = $"it is '{node.State}'{(node.InUse ? " and an instance has it" : "")}: only a node that nobody uses can be {done}." }
            : node),
    ];

    private async Task<ImmutableArray<NodeOutcome>> StepAsync(ImmutableArray<NodeOutcome> nodes, Func<string, bool> goes, NodeTransition transition, CancellationToken stop)
    {
        var outcomes = await transitions.RunAsync([.. nodes.Where(node => node.Error is null && goes(node.State))], transition, stop);
        var byUuid = outcomes.ToDictionary(outcome => outcome.Uuid, StringComparer.Ordinal);
        return [.. nodes.Select(node => byUuid.GetValueOrDefault(node.Uuid) ?? node)];
    }
}
