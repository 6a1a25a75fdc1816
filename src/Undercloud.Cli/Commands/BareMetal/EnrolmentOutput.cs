using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Deploy.BareMetal;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.BareMetal;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary>The result of an import, or of its dry run, in every row format.</summary>
internal sealed class EnrolmentOutput(ImmutableArray<NodeEnrolment> plan, SecretMask mask)
{
    /// <summary>What an import would do.</summary>
    public static Rows<NodeEnrolment> Preview { get; } = new(
        new("node", "Node", node => node.Label),
        new("uuid", "UUID", node => Text(node.Found?.Uuid)) { Place = ColumnPlace.Data },
        new("provision_state", "State", node => Text(node.Found?.State)),
        new("action", "Would", node => Action(node)),
        new("changes", "What", node => Changes(Would(node))) { Text = node => Described(node, Would(node)) },
        new("reason", "Reason", node => Text(node.Reason)) { Place = ColumnPlace.Data });

    /// <summary>What an import did.</summary>
    public static Rows<(NodeEnrolment Node, NodeOutcome Outcome, FoundNode? Now)> Results { get; } = new(
    [
        new("node", "Node", row => row.Node.Label),
        new("uuid", "UUID", row => row.Outcome.Uuid),
        new("provision_state", "State", row => row.Outcome.State),
        new("result", "Result", row => Result(row.Node, row.Outcome)),
        new("changes", "What", row => Changes(What(row.Node))) { Text = row => row.Outcome.Error ?? Described(row.Node, What(row.Node)) },
        new("reason", "Reason", row => Text(row.Node.Reason)) { Place = ColumnPlace.Data },
        new("error", "Error", row => Text(row.Outcome.Error)) { Place = ColumnPlace.Data },
        .. NodeTable.Found<(NodeEnrolment, NodeOutcome, FoundNode? Now)>(row => row.Now),
    ]);

    public void WritePreview(TextWriter output, RowChoice choice)
    {
        Masked(output, (text, width) => Preview.Write(text, plan, choice, width));
        if (choice.IsTable)
            Console.Error.WriteLine(Summary(plan, failed: 0, would: true));
    }

    public void Write(TextWriter output, ImmutableArray<NodeOutcome> outcomes, IReadOnlyCollection<FoundNode> now, RowChoice choice, bool found)
    {
        var rows = plan.Zip(outcomes, (node, outcome) => (node, outcome, now.FirstOrDefault(one => one.Uuid == outcome.Uuid))).ToList();
        Masked(output, (text, width) => Results.Write(text, rows, choice, width));
        if (!choice.IsTable)
            return;
        if (found)
            NodeTable.WriteFound(output, now.Where(node => outcomes.Any(outcome => outcome.Uuid == node.Uuid)), choice);
        Console.Error.WriteLine(Summary([.. plan.Zip(outcomes).Where(pair => pair.Second.Enrolled).Select(pair => pair.First)], outcomes.Count(outcome => outcome.Error is not null), would: false));
    }

    private void Masked(TextWriter output, Action<TextWriter, int?> write)
    {
        using var text = new StringWriter();
        write(text, TextTable.WidthOf(output));
        output.Write(mask.Apply(text.ToString()));
    }

    private static string Summary(ImmutableArray<NodeEnrolment> nodes, int failed, bool would)
    {
        var verb = would ? "would be " : "";
        var counts = new[] { (EnrolmentAction.Create, "created"), (EnrolmentAction.Update, "changed"), (EnrolmentAction.Leave, "left alone") }
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

    private static ListValue Changes(IEnumerable<string> what) => new([.. what.Select(change => (Value)change)]);

    // For a new node, all its fields; once it is created, Ironic shows them.
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
