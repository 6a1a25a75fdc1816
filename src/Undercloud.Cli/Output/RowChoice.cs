using System.Collections.Immutable;

namespace Undercloud.Cli.Output;

/// <summary>How rows are to be printed: the value of <c>-f</c>, and the columns <c>-c</c> names, none for the usual ones.</summary>
internal sealed record RowChoice(string Format, ImmutableArray<string> Columns)
{
    public bool IsTable => Format == "table";

    /// <summary>Whether the answer is one document (json, yaml) with all there is to know.</summary>
    public bool IsDocument => Format is "json" or "yaml" && Columns.IsEmpty;
}
