using System.Collections.Immutable;
using System.Net;
using Undercloud.Deploy.BareMetal;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Output;

namespace Undercloud.Host.BareMetal;

/// <summary>Moves nodes to another provision state, a limited number at a time, and waits for them.</summary>
/// <param name="ironic">The nodes' Ironic.</param>
/// <param name="progress">Shows the state of each node.</param>
/// <param name="time">The clock.</param>
/// <param name="concurrency">The number of nodes on which Ironic works at a time.</param>
/// <param name="timeout">The time limit of all transitions together, from now on.</param>
public sealed class NodeTransitions(IronicClient ironic, IProgressView progress, TimeProvider time, int concurrency, TimeSpan timeout)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);
    private readonly long _started = time.GetTimestamp();
    private readonly HashSet<(string Node, string Verb)> _unanswered = [];
    private string _shown = "";

    /// <summary>Moves every node to the target state; the outcomes are in the nodes' order.</summary>
    public async Task<ImmutableArray<NodeOutcome>> RunAsync(IReadOnlyCollection<NodeOutcome> nodes, NodeTransition transition, CancellationToken stop)
    {
        if (nodes.Count == 0)
            return [];
        progress.Phase(transition.Doing);
        var waiting = new Queue<NodeOutcome>(nodes);
        var working = new Dictionary<string, NodeOutcome>(StringComparer.Ordinal);
        var done = new Dictionary<string, NodeOutcome>(StringComparer.Ordinal);
        while (waiting.Count + working.Count > 0)
        {
            while (working.Count < concurrency && !IsOver && waiting.TryPeek(out var next) && await StartAsync(next, transition, working, done, stop))
                waiting.Dequeue();
            if (IsOver)
                break;
            Show(working.Values, waiting.Count);
            await Task.Delay(s_pause, time, stop);
            await LookAsync(transition, working, done, stop);
        }

        foreach (var late in working.Values)
            Finish(late with { Error = $"still '{late.State}' after {Minutes}. Ironic continues with it{(ProvisionStates.CanBeAborted(late.State) ? $"; `openstack baremetal node abort {late.Label}` ends that" : "")}." }, done);
        foreach (var late in waiting)
            Finish(late with { Error = $"not started within {Minutes}." }, done);
        return [.. nodes.Select(node => done[node.Uuid])];
    }

    private string Minutes => $"{timeout.TotalMinutes:0.#} min";

    private bool IsOver => time.GetElapsedTime(_started) >= timeout;

    // False when Ironic does not answer: the request is repeated later.
    private async Task<bool> StartAsync(
        NodeOutcome node, NodeTransition transition, Dictionary<string, NodeOutcome> working, Dictionary<string, NodeOutcome> done, CancellationToken stop)
    {
        try
        {
            await ironic.ProvisionAsync(node.Uuid, transition.Verb, stop);
            working[node.Uuid] = node;
        }
        catch (CloudException exception) when (IsPassing(exception))
        {
            progress.Now($"Ironic does not answer: {exception.Message}");
            _unanswered.Add((node.Uuid, transition.Verb));
            return false;
        }
        catch (CloudException) when (_unanswered.Contains((node.Uuid, transition.Verb)))
        {
            // A request without an answer may have been started; the node's state will show it.
            working[node.Uuid] = node;
        }
        catch (CloudException exception)
        {
            Finish(node with { Error = $"Ironic refuses to {transition.Verb} it: {(exception.Explanation ?? exception.Message).TrimEnd('.')}." }, done);
        }

        return true;
    }

    // A restart of the API does not end the wait.
    private static bool IsPassing(CloudException exception) => exception.Unreachable || exception.Status >= HttpStatusCode.InternalServerError;

    // Ironic changes a node's state before it answers a request, so an idle node has either reached the target state or failed.
    private async Task LookAsync(NodeTransition transition, Dictionary<string, NodeOutcome> working, Dictionary<string, NodeOutcome> done, CancellationToken stop)
    {
        var found = await StatesAsync(stop);
        if (found is null)
            return;
        foreach (var node in working.Values.ToList())
        {
            var now = found.GetValueOrDefault(node.Uuid);
            if (now is not null && ProvisionStates.IsWorking(now.State))
            {
                working[node.Uuid] = node with { State = now.State };
                continue;
            }

            working.Remove(node.Uuid);
            Finish(
                now is null ? node with { Error = "it was deleted meanwhile." }
                    : node with { State = now.State, Error = now.State == transition.Target ? null : Failure(now, transition) },
                done);
        }
    }

    private static string Failure(FoundNode node, NodeTransition transition)
    {
        var error = node.LastError?.TrimEnd() ?? $"it is '{node.State}', and Ironic does not say why";
        return (error.EndsWith('.') ? error : error + ".") + (transition.Remedy is { } remedy ? $" {remedy}" : "");
    }

    private async Task<Dictionary<string, FoundNode>?> StatesAsync(CancellationToken stop)
    {
        try
        {
            return (await ironic.StatesAsync(stop)).ToDictionary(node => node.Uuid, StringComparer.Ordinal);
        }
        catch (CloudException exception) when (IsPassing(exception))
        {
            progress.Now($"Ironic does not answer: {exception.Message}");
            return null;
        }
    }

    private void Show(IReadOnlyCollection<NodeOutcome> working, int waiting)
    {
        var text = string.Join(", ", working.Select(node => $"{node.Label} {node.State}")) + (waiting > 0 ? $", {waiting} waiting" : "");
        if (text != _shown)
            progress.Now(_shown = text);
    }

    private void Finish(NodeOutcome outcome, Dictionary<string, NodeOutcome> done)
    {
        done[outcome.Uuid] = outcome;
        if (outcome.Error is null)
            progress.Line($"{outcome.Label} is {outcome.State}");
        else
            progress.Warn($"{outcome.Label}: {outcome.Error}");
    }
}
