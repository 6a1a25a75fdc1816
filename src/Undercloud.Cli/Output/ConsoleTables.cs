using Spectre.Console;

namespace Undercloud.Cli.Output;

/// <summary>Tables on standard output.</summary>
internal static class ConsoleTables
{
    /// <summary>Standard output; wide when it is no terminal, so that nothing a script reads is folded.</summary>
    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 400;
        return console;
    }

    public static Table Of(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Ascii);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    /// <summary>A table whose last column goes below the one before it where the console is too narrow for both side by side.</summary>
    public static Table Fitting(IAnsiConsole console, string[] columns, IReadOnlyCollection<string[]> rows)
    {
        const int Border = 3;
        var width = 1 + columns.Select((column, i) => Border + rows.Select(row => row[i].Length).Append(column.Length).Max()).Sum();
        return width <= console.Profile.Width
            ? Of(columns, rows)
            : Of([.. columns[..^2], $"{columns[^2]}, {columns[^1].ToLowerInvariant()}"], rows.Select(row => (string[])[.. row[..^2], row[^1].Length == 0 ? row[^2] : $"{row[^2]}\n  {row[^1]}"]));
    }
}
