using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>The rows of a command, printed as table, json, yaml, value or csv.</summary>
/// <param name="columns">The columns, in the order of a table.</param>
internal sealed class Rows<T>(params Column<T>[] columns)
{
    public ImmutableArray<Column<T>> Columns { get; } = [.. columns];

    /// <summary>Prints the rows in the chosen format.</summary>
    public void Write(TextWriter output, IEnumerable<T> rows, RowChoice choice) => Write(output, [.. rows], choice, TextTable.WidthOf(output));

    /// <summary>The same, with tables of at most <paramref name="width"/> characters a line, if given.</summary>
    public void Write(TextWriter output, IReadOnlyCollection<T> rows, RowChoice choice, int? width)
    {
        switch (choice.Format)
        {
            case "json" or "yaml":
                var shown = choice.Columns.IsEmpty ? Columns : Chosen(choice);
                output.Write(DataOutput.Text(new ListValue([.. rows.Select(row => Data(row, shown))]), choice.Format));
                break;
            case "value":
                foreach (var row in rows)
                    output.WriteLine(string.Join(' ', Chosen(choice).Select(column => Plain(column.Value(row)))));
                break;
            case "csv":
                output.WriteLine(string.Join(',', Chosen(choice).Select(column => Quoted(column.Heading))));
                foreach (var row in rows)
                    output.WriteLine(string.Join(',', Chosen(choice).Select(column => Csv(column.Value(row)))));
                break;
            default:
                WriteTable(output, rows, choice, width);
                break;
        }
    }

    /// <summary>A row as data, with all its columns.</summary>
    public MapValue Data(T row) => Data(row, Columns);

    private static MapValue Data(T row, ImmutableArray<Column<T>> columns) => new([.. columns.Select(column => KeyValuePair.Create(column.Key, column.Value(row)))]);

    // As cliff does: the order of columns is the table's, not that of -c.
    private ImmutableArray<Column<T>> Chosen(RowChoice choice) => choice.Columns.IsEmpty
        ? [.. Columns.Where(column => column.Place != ColumnPlace.Data)]
        : [.. Columns.Where(column => choice.Columns.Any(column.IsNamed))];

    private void WriteTable(TextWriter output, IReadOnlyCollection<T> rows, RowChoice choice, int? width)
    {
        var shown = Chosen(choice);
        if (choice.Columns.IsEmpty && width is { } limit)
        {
            while (shown.LastOrDefault(column => column.Place == ColumnPlace.WhereItFits) is { } wide && TextTable.NaturalWidth(Headings(shown), Cells(rows, shown)) > limit)
                shown = shown.Remove(wide);
        }

        TextTable.Write(output, Headings(shown), Cells(rows, shown), width);
    }

    private static string[] Headings(ImmutableArray<Column<T>> columns) => [.. columns.Select(column => column.Heading)];

    private static IEnumerable<string[]> Cells(IEnumerable<T> rows, ImmutableArray<Column<T>> columns) =>
        rows.Select(row => columns.Select(column => column.Text is { } text ? text(row) : Plain(column.Value(row))).ToArray());

    private static string Plain(Value value) => value switch
    {
        NullValue => "",
        StringValue { Text: var text } => text,
        ListValue list => string.Join(", ", list.Items.Select(Plain)),
        _ => CanonicalJson.Write(value),
    };

    // As Python's csv writer with QUOTE_NONNUMERIC, which is cliff's default.
    private static string Csv(Value value) => value is IntegerValue or FloatValue ? CanonicalJson.Write(value) : Quoted(Plain(value));

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
