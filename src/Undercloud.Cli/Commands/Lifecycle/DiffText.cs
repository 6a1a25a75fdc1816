using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>The result of <c>undercloud diff</c> as text.</summary>
internal static class DiffText
{
    /// <summary>The result without secrets, those of the plan and those on the host.</summary>
    public static NodeResult Masked(SecretMask mask, NodeResult result) => result with
    {
        Changes = [.. result.Changes.Select(change => change with
        {
            Name = mask.Apply(change.Name),
            Reason = change.Reason is { } reason ? mask.Apply(reason) : null,
            Diff = change.Diff is { } diff ? DiffMask.Apply(mask, diff) : null,
        })],
        Notes = [.. result.Notes.Select(mask.Apply)],
    };

    /// <summary>
    /// Writes the changes with their diffs, what could not be compared, and the effect on containers; or the rows, when another format or columns are
    /// chosen.
    /// </summary>
    public static void Write(NodeResult result, RowChoice choice, TextWriter output, TextWriter error)
    {
        if (!choice.IsTable || !choice.Columns.IsEmpty)
        {
            NodeResultText.Write(result, choice, output, error);
            return;
        }

        foreach (var change in result.Changes)
        {
            output.WriteLine(change is { Kind: "image", Action: "build" }
                ? $"image {change.Name} would be built ({change.Reason})"
                : $"{change.Action} {change.Kind} {NodeResultText.Of(change.Node, change.Name)}{(change.Reason is null ? "" : $" ({change.Reason})")}");
            if (ConfigHashes.Without(change.Diff) is { Length: > 0 } diff)
                output.WriteLine(diff.TrimEnd());
        }

        foreach (var note in result.Notes)
            output.WriteLine(note);
        foreach (var line in LastLines(result))
            output.WriteLine(line);
    }

    private static IEnumerable<string> LastLines(NodeResult result)
    {
        if (result is { Changed: false, Notes.Count: 0 })
            return ["Nothing would change."];
        if (!result.Changed)
            return ["Nothing else would change."];
        var lines = new[] { Containers("restart", "replace", "restart"), Containers("start", "create", "start", "run"), Containers("be removed", "remove") }.OfType<string>().ToList();
        return lines.Count > 0 ? lines : ["No container would start, restart or be removed."];

        string? Containers(string verb, params string[] actions)
        {
            var names = result.Changes.Where(change => change.Kind == "container" && actions.Contains(change.Action)).Select(change => NodeResultText.Of(change.Node, change.Name)).Distinct().ToList();
            return names.Count == 0 ? null : $"These containers would {verb}: {string.Join(", ", names)}";
        }
    }
}
