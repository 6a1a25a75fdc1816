using System.Text;

namespace Undercloud.Deploy.Diffs;

/// <summary>Differences of two texts as <c>diff -u</c> writes them, fit for <c>patch</c>.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty when there is none.</summary>
    /// <param name="path">The file's absolute path, named in the header.</param>
    /// <param name="before">Its text; null when the file does not exist (written as /dev/null).</param>
    /// <param name="after">Its text afterwards; null when it is removed.</param>
    public static string Between(string path, string? before, string? after)
    {
        if (before == after)
            return "";
        var edits = LineEdits.Between(before ?? "", after ?? "");
        var text = new StringBuilder();
        text.Append("--- ").Append(before is null ? "/dev/null" : $"a{path}").Append('\n');
        text.Append("+++ ").Append(after is null ? "/dev/null" : $"b{path}").Append('\n');
        foreach (var (start, end) in Hunks(edits))
            WriteHunk(text, edits, start, end);
        return text.ToString();
    }

    // Changes whose contexts touch share a hunk.
    private static IEnumerable<(int Start, int End)> Hunks(IReadOnlyList<LineEdit> edits)
    {
        int? start = null;
        var last = 0;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Sign == ' ')
                continue;
            if (start is { } open && i - last > (2 * Context) + 1)
            {
                yield return (open, last + Context + 1);
                start = null;
            }

            start ??= Math.Max(0, i - Context);
            last = i;
        }

        if (start is { } rest)
            yield return (rest, Math.Min(edits.Count, last + Context + 1));
    }

    private static void WriteHunk(StringBuilder text, IReadOnlyList<LineEdit> edits, int start, int end)
    {
        var before = edits.Take(start).ToList();
        var hunk = edits.Skip(start).Take(end - start).ToList();
        text.Append("@@ -").Append(Range(before, hunk, added: '+')).Append(" +").Append(Range(before, hunk, added: '-')).Append(" @@\n");
        foreach (var edit in hunk)
        {
            text.Append(edit.Sign).Append(edit.Text);
            if (!edit.Text.EndsWith('\n'))
                text.Append("\n\\ No newline at end of file\n");
        }
    }

    // "first,count" of one side, which has every line except those with the other side's sign. An empty side names the line before it.
    private static string Range(List<LineEdit> before, List<LineEdit> hunk, char added)
    {
        var count = hunk.Count(edit => edit.Sign != added);
        var first = before.Count(edit => edit.Sign != added) + (count > 0 ? 1 : 0);
        return count == 1 ? $"{first}" : $"{first},{count}";
    }
}
