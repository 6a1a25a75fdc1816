using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Output;

namespace Undercloud.Host.BareMetal;

/// <summary>Reconciles Ironic's nodes with a file. A node that fails does not stop the others.</summary>
public sealed class NodeImport(IronicClient ironic, IProgressView progress)
{
    /// <summary>Creates and updates the nodes; the outcomes are in the plan's order.</summary>
    public async Task<ImmutableArray<NodeOutcome>> RunAsync(ImmutableArray<NodeEnrolment> plan, CancellationToken stop)
    {
        progress.Phase("Nodes");
        var outcomes = ImmutableArray.CreateBuilder<NodeOutcome>();
        foreach (var enrolment in plan)
            outcomes.Add(await OneAsync(enrolment, stop));
        return outcomes.ToImmutable();
    }

    private async Task<NodeOutcome> OneAsync(NodeEnrolment enrolment, CancellationToken stop)
    {
        var (uuid, state) = (enrolment.Found?.Uuid, enrolment.Found?.State ?? ProvisionStates.Enroll);
        try
        {
            if (enrolment.Action == EnrolmentAction.Leave)
                progress.Warn($"{enrolment.Label} stays as it is, {enrolment.Reason}; it differs in {string.Join(", ", enrolment.Differences)}.");
            else if (enrolment.Found is null)
                uuid = await CreateAsync(enrolment, stop);
            else
                state = await UpdateAsync(enrolment, enrolment.Found, stop);
            if (uuid is not null && enrolment.Action is EnrolmentAction.Create or EnrolmentAction.Update)
                await PortsAsync(enrolment.Ports, uuid, stop);
            return new(uuid!, enrolment.Label, state) { InUse = enrolment.Found?.Instance is not null };
        }
        catch (CloudException exception) when (!exception.Unreachable)
        {
            var error = $"Ironic rejects it: {(exception.Explanation ?? exception.Message).TrimEnd('.')}.";
            progress.Warn($"{enrolment.Label}: {error}");
            return new(uuid ?? "", enrolment.Label, uuid is null ? "" : state, error) { Enrolled = false };
        }
    }

    private async Task<string> CreateAsync(NodeEnrolment enrolment, CancellationToken stop)
    {
        progress.Now($"creating {enrolment.Label}");
        return await ironic.CreateNodeAsync(enrolment.Creation, stop);
    }

    private async Task<string> UpdateAsync(NodeEnrolment enrolment, FoundNode found, CancellationToken stop)
    {
        // A node that is in use or busy is not changed at all.
        if (enrolment.Changes.IsEmpty || !found.IsIdle)
            return found.State;
        progress.Now(enrolment.Action == EnrolmentAction.Keep ? $"setting the password of {enrolment.Label}" : $"changing {enrolment.Label}");
        var state = found.State;
        if (ProvisionStates.IsFailed(state) && enrolment.Changes.Any(change => change.IsOfDriver))
        {
            // In a failed state, Ironic rejects changes of the driver and its interfaces.
            await ironic.ProvisionAsync(found.Uuid, NodeTransition.Manage.Verb, stop);
            state = ProvisionStates.Manageable;
        }

        await ironic.PatchNodeAsync(found.Uuid, enrolment.Changes, stop);
        return state;
    }

    private async Task PortsAsync(ImmutableArray<PortEnrolment> ports, string node, CancellationToken stop)
    {
        foreach (var port in ports)
        {
            if (port.Found is null)
                await ironic.CreatePortAsync(node, port.Wanted, stop);
            else
                await ironic.PatchPortAsync(port.Found.Uuid, port.Changes, stop);
        }
    }
}
