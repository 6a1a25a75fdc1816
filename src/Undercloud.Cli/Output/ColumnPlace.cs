namespace Undercloud.Cli.Output;

/// <summary>Where a column is shown when <c>-c</c> does not name it. json and yaml contain all columns.</summary>
internal enum ColumnPlace
{
    /// <summary>In tables, value and csv.</summary>
    Everywhere,

    /// <summary>The same, but not in a table that would become wider than the terminal.</summary>
    WhereItFits,

    /// <summary>Only in json and yaml.</summary>
    Data,
}
