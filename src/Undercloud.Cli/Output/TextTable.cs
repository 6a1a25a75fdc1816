namespace Undercloud.Cli.Output;

/// <summary>
/// Columns of text under headings, as wide as their content, for people and for tools that split at blanks. On a terminal that is too narrow, the widest
/// columns are narrowed and their cells continue on the next line. It is the only writer of tables.
/// </summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int Narrowest = 8;

    /// <summary>The width of the terminal to which <paramref name="output"/> goes; null for anything else, so that a script never reads folded lines.</summary>
    public static int? WidthOf(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null;

    /// <summary>Writes the table with the width of <paramref name="output"/>.</summary>
    public static void Write(TextWriter output, string[] headings, IEnumerable<string[]> rows) => Write(output, headings, rows, WidthOf(output));

    /// <summary>Writes the table, with at most <paramref name="width"/> characters a line, if given.</summary>
    public static void Write(TextWriter output, string[] headings, IEnumerable<string[]> rows, int? width)
    {
        string[][] all = [[.. headings.Select(heading => heading.ToUpperInvariant())], .. rows];
        var widths = Natural(all);
        if (width is { } limit)
            Shrink(widths, all, limit);
        foreach (var row in all)
            Write(output, row, widths);
    }

    /// <summary>The width of the table without folding.</summary>
    public static int NaturalWidth(string[] headings, IEnumerable<string[]> rows) =>
        Natural([headings, .. rows]) is var widths ? widths.Sum() + ((widths.Length - 1) * Gap.Length) : 0;

    private static int[] Natural(string[][] rows) => [.. rows[0].Select((_, column) => rows.Max(row => row[column].Split('\n').Max(line => line.Length)))];

    // First without breaking words, then with.
    private static void Shrink(int[] widths, string[][] rows, int limit)
    {
        int[] whole = [.. widths.Select((_, column) => rows.Max(row => WordWrap.LongestWord(row[column])))];
        Shrink(widths, whole, limit);
        Shrink(widths, [.. whole.Select(longest => Math.Min(longest, Narrowest))], limit);
    }

    private static void Shrink(int[] widths, int[] least, int limit)
    {
        while (widths.Sum() + ((widths.Length - 1) * Gap.Length) > limit)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).MaxBy(column => widths[column], -1);
            if (widest < 0)
                return;
            widths[widest]--;
        }
    }

    private static void Write(TextWriter output, string[] row, int[] widths)
    {
        string[][] cells = [.. row.Select((cell, column) => cell.Split('\n').SelectMany(line => WordWrap.Lines(line, widths[column])).ToArray())];
        for (var line = 0; line < cells.Max(cell => cell.Length); line++)
            output.WriteLine(string.Join(Gap, cells.Select((cell, column) => (line < cell.Length ? cell[line] : "").PadRight(widths[column]))).TrimEnd());
    }

    private static int MaxBy(this IEnumerable<int> columns, Func<int, int> key, int none) => columns.DefaultIfEmpty(none).MaxBy(column => column < 0 ? 0 : key(column));
}
