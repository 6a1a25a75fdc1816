using System.Collections.Immutable;

namespace Undercloud.Cli.Output;

/// <summary>How rows are printed: the value of <c>-f</c>, and the columns of <c>-c</c>, none for the default columns.</summary>
internal sealed record RowChoice(string Format, ImmutableArray<string> Columns)
{
    public bool IsTable => Format == "table";

    /// <summary>Whether the output is one document (json, yaml) with everything.</summary>
    public bool IsDocument => Format is "json" or "yaml" && Columns.IsEmpty;
}
