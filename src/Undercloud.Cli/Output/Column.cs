using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>A column of a command's rows, for tables and for data.</summary>
/// <param name="Key">The name in json and yaml.</param>
/// <param name="Heading">The name in tables and csv; <c>-c</c> accepts both names.</param>
/// <param name="Value">The cell of a row as data.</param>
internal sealed record Column<T>(string Key, string Heading, Func<T, Value> Value)
{
    /// <summary>The cell of a row in a table, where it differs from the data, e.g. with a unit.</summary>
    public Func<T, string>? Text { get; init; }

    /// <summary>Where the column is shown by default.</summary>
    public ColumnPlace Place { get; init; }

    public bool IsNamed(string name) => name.Equals(Key, StringComparison.OrdinalIgnoreCase) || name.Equals(Heading, StringComparison.OrdinalIgnoreCase);
}
