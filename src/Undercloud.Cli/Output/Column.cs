using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>A column of what a command lists, for people and for programs.</summary>
/// <param name="Key">Its name in json and yaml.</param>
/// <param name="Heading">Its name in tables and csv; <c>-c</c> takes either.</param>
/// <param name="Value">A row's cell as data.</param>
internal sealed record Column<T>(string Key, string Heading, Func<T, Value> Value)
{
    /// <summary>A row's cell in a table, where that is not the data itself, e.g. with a unit.</summary>
    public Func<T, string>? Text { get; init; }

    /// <summary>When it is shown without being asked for by <c>-c</c>.</summary>
    public ColumnPlace Place { get; init; }

    public bool IsNamed(string name) => name.Equals(Key, StringComparison.OrdinalIgnoreCase) || name.Equals(Heading, StringComparison.OrdinalIgnoreCase);
}
