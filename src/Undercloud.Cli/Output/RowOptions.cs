using System.CommandLine;

namespace Undercloud.Cli.Output;

/// <summary>
/// The options of a command that prints rows, as in the openstack command (cliff): <c>-f table|json|yaml|value|csv</c> and <c>-c COLUMN</c>. Unlike cliff,
/// an unknown column is an error even when another named column exists.
/// </summary>
internal sealed class RowOptions
{
    private readonly Option<string> _format = new("-f", "--format") { Description = "The output format.", DefaultValueFactory = _ => "table" };
    private readonly Option<string[]> _columns = new("-c", "--column")
    {
        Description = "Print only this column; may be given several times.",
        HelpName = "COLUMN",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly List<(string Key, string Heading)> _known = [];

    private RowOptions()
    {
        _format.AcceptOnlyFromAmong("table", "json", "yaml", "value", "csv");
        _columns.Validators.Add(result =>
        {
            foreach (var name in (result.GetValueOrDefault<string[]>() ?? []).Where(name => !IsKnown(name)))
                result.AddError($"There is no column '{name}'. The columns are {string.Join(", ", _known.Select(column => column.Heading).Distinct())}.");
        });
    }

    /// <summary>The options of a command that prints these rows.</summary>
    public static RowOptions For<T>(Rows<T> rows) => new RowOptions().Or(rows);

    /// <summary>The options of a command that prints one of two kinds of rows.</summary>
    public RowOptions Or<T>(Rows<T> rows)
    {
        _known.AddRange(rows.Columns.Select(column => (column.Key, column.Heading)));
        return this;
    }

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_columns);
    }

    public RowChoice Of(ParseResult parsed) => new(parsed.GetRequiredValue(_format), [.. parsed.GetValue(_columns) ?? []]);

    private bool IsKnown(string name) => _known.Any(column =>
        name.Equals(column.Key, StringComparison.OrdinalIgnoreCase) || name.Equals(column.Heading, StringComparison.OrdinalIgnoreCase));
}
