namespace Undercloud.Cli.Commands;

/// <summary>Columns of text under headings, as wide as their content: for people, and for tools that split at blanks.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] headings, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend([.. headings.Select(heading => heading.ToUpperInvariant())]).ToArray();
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
