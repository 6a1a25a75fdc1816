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
}
