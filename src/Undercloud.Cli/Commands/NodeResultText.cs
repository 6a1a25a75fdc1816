using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands;

/// <summary>
/// Prints the result of an agent verb: changes to standard output, a failure to standard error. As json and yaml, the result is one document with both on
/// standard output.
/// </summary>
internal static class NodeResultText
{
    /// <summary>The changes.</summary>
    public static Rows<NodeChange> Rows { get; } = new(
        new("action", "Action", change => change.Action),
        new("kind", "Kind", change => change.Kind),
        new("name", "Name", change => change.Name) { Text = change => Of(change.Node, change.Name) },
        new("node", "Node", change => change.Node is { } node ? node : Value.Null) { Place = ColumnPlace.Data },
        new("reason", "Reason", change => change.Reason is { } reason ? reason : Value.Null),
        new("diff", "Diff", change => change.Diff is { } diff ? diff : Value.Null) { Place = ColumnPlace.Data },
        new("seconds", "Seconds", change => change.Seconds is { } seconds ? new FloatValue(seconds) : Value.Null) { Place = ColumnPlace.Data },
        new("private", "Private", change => change.Private) { Place = ColumnPlace.Data });

    public static void Write(NodeResult result, RowChoice choice, TextWriter output, TextWriter error)
    {
        if (choice.IsDocument)
        {
            output.Write(DataOutput.Text(Data(result), choice.Format));
            return;
        }

        if (result.Changes.Count > 0 || !choice.IsTable)
            Rows.Write(output, result.Changes, choice);
        else if (!result.Failed)
            output.WriteLine("Nothing to change.");
        if (result.Message is { } message)
            error.WriteLine(message);
    }

    /// <summary>A name for a table: with the node, when the cloud has several.</summary>
    public static string Of(string? node, string name) => node is null ? name : $"{node}: {name}";

    /// <summary>The whole result. Diffs in it hold secrets: mask before showing.</summary>
    public static MapValue Data(NodeResult result) => new(
    [
        new("changed", result.Changed),
        new("changes", new ListValue([.. result.Changes.Select(Rows.Data)])),
        new("failed", result.Failed),
        new("message", result.Message is { } message ? message : Value.Null),
        new("notes", new ListValue([.. result.Notes.Select(note => (Value)note)])),
    ]);
}
