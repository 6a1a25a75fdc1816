namespace Undercloud.Cli.Output;

/// <summary>Where a column is shown without being asked for. All of them are in json and yaml.</summary>
internal enum ColumnPlace
{
    /// <summary>In tables, value and csv.</summary>
    Everywhere,

    /// <summary>The same, but not in a table that would be wider than the terminal with it.</summary>
    WhereItFits,

    /// <summary>Only in json and yaml.</summary>
    Data,
}
