using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Deploy.BareMetal;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.BareMetal;

namespace Undercloud.Cli.Commands;

/// <summary>What an import did, or would do: a table, or JSON.</summary>
internal sealed class EnrolmentOutput(ImmutableArray<NodeEnrolment> plan, SecretMask mask)
{
    public void WritePreview(TextWriter output, bool json)
    {
        if (json)
        {
            output.Write(mask.Apply(CanonicalJson.WriteIndented(new ListValue(
            [
                .. plan.Select(node => (Value)new MapValue(
                [
                    new("node", node.Label), new("uuid", Text(node.Found?.Uuid)), new("action", Action(node)), new("provision_state", Text(node.Found?.State)),
                    new("changes", new ListValue([.. Would(node).Select(change => (Value)change)])), new("reason", Text(node.Reason)),
                ])),
            ]))));
            return;
        }

        TextTable.Write(output, ["Node", "State", "Would", "What"], plan.Select(node => new[] { node.Label, node.Found?.State ?? "", Action(node), mask.Apply(Described(node, Would(node))) }));
        Console.Error.WriteLine(Summary(plan, failed: 0, would: true));
    }

    public void Write(TextWriter output, ImmutableArray<NodeOutcome> outcomes, IReadOnlyCollection<FoundNode> now, bool json, bool found)
    {
        if (json)
        {
            output.Write(mask.Apply(CanonicalJson.WriteIndented(new ListValue([.. plan.Zip(outcomes, (node, outcome) => (Value)Json(node, outcome, now))]))));
            return;
        }

        TextTable.Write(output, ["Node", "UUID", "State", "Result", "What"], plan.Zip(outcomes, (node, outcome) => new[]
        {
            node.Label, outcome.Uuid, outcome.State, Result(node, outcome), mask.Apply(outcome.Error ?? Described(node, What(node))),
        }));
        if (found)
            NodeTable.WriteFound(output, now.Where(node => outcomes.Any(outcome => outcome.Uuid == node.Uuid)));
        Console.Error.WriteLine(Summary([.. plan.Zip(outcomes).Where(pair => pair.Second.Enrolled).Select(pair => pair.First)], outcomes.Count(outcome => outcome.Error is not null), would: false));
    }

    private static MapValue Json(NodeEnrolment node, NodeOutcome outcome, IEnumerable<FoundNode> now)
    {
        var entries = new MapValue(
        [
            new("node", node.Label), new("uuid", outcome.Uuid), new("result", Result(node, outcome)), new("provision_state", outcome.State),
            new("changes", new ListValue([.. What(node).Select(change => (Value)change)])), new("reason", Text(node.Reason)), new("error", Text(outcome.Error)),
        ]);
        return now.FirstOrDefault(one => one.Uuid == outcome.Uuid) is { } found ? new MapValue(entries.Entries.Concat(NodeTable.Found(found))) : entries;
    }

    private static string Summary(ImmutableArray<NodeEnrolment> nodes, int failed, bool would)
    {
        var verb = would ? "would be " : "";
        var counts = new[] { (EnrolmentAction.Create, "made"), (EnrolmentAction.Update, "changed"), (EnrolmentAction.Leave, "left alone") }
            .Select(pair => (Count: nodes.Count(node => node.Action == pair.Item1), Done: $"{verb}{pair.Item2}"))
            .Append((Count: failed, Done: "failed"))
            .Where(pair => pair.Count > 0).Select(pair => $"{FindingOutput.Count(pair.Count, "node")} {pair.Done}").ToList();
        var seen = counts.Count == 0 ? "Nothing to change." : string.Join(", ", counts) + ".";
        return seen + Passwords([.. nodes.Where(node => node.Changes.Any(change => change.IsUnseen))], would);
    }

    private static string Passwords(ImmutableArray<NodeEnrolment> unseen, bool would)
    {
        var kept = unseen.Any(node => !node.Found!.IsIdle) ? " nodes in use keep theirs" : null;
        var set = unseen.Any(node => node.Found!.IsIdle) ? $" Passwords, which Ironic does not show, {(would ? "would be" : "were")} set again" : null;
        return set is not null ? $"{set}{(kept is null ? "" : ";" + kept)}." : kept is null ? "" : " Passwords of nodes in use were not looked at.";
    }

    private static IEnumerable<string> What(NodeEnrolment node) => node.Action == EnrolmentAction.Create ? node.Ports.Select(port => port.ToString()) : node.Differences;

    // Of a new node, all that it would be; once it is made, Ironic shows that.
    private static IEnumerable<string> Would(NodeEnrolment node) => node.Action == EnrolmentAction.Create ? node.Made : What(node);

    private static string Described(NodeEnrolment node, IEnumerable<string> what) => string.Join(", ", node.Reason is { } reason ? what.Prepend(reason) : what);

    private static string Action(NodeEnrolment node) => node.Action switch
    {
        EnrolmentAction.Create => "create",
        EnrolmentAction.Update => "update",
        EnrolmentAction.Leave => "leave",
        _ => "keep",
    };

    private static string Result(NodeEnrolment node, NodeOutcome outcome) => outcome.Error is not null ? "failed" : node.Action switch
    {
        EnrolmentAction.Create => "created",
        EnrolmentAction.Update => "updated",
        EnrolmentAction.Leave => "left",
        _ => "unchanged",
    };

    private static Value Text(string? text) => text is null ? Value.Null : text;
}
