using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>Findings on standard output.</summary>
internal static class FindingOutput
{
    public static Rows<Diagnostic> Rows { get; } = new(
        new("severity", "Severity", finding => finding.Severity == Severity.Error ? "error" : "warning"),
        new("code", "Code", finding => finding.Code),
        new("message", "Message", finding => finding.Message),
        new("file", "File", finding => finding.Location is { } place ? place.Path : Value.Null),
        new("line", "Line", finding => finding.Location is { Line: > 0 and var line } ? line : Value.Null),
        new("column", "Column", finding => finding.Location is { Column: > 0 and var column } ? column : Value.Null),
        new("path", "Path", finding => new ListValue([.. finding.ResourcePath.Select(name => (Value)name)])),
        new("remedy", "Remedy", finding => finding.Remedy is { } remedy ? remedy : Value.Null));

    /// <summary>Prints findings: without <c>-f</c> and <c>-c</c> as lines of text with place, cause and remedy.</summary>
    public static void Write(IEnumerable<Diagnostic> findings, RowChoice choice)
    {
        if (!choice.IsTable || !choice.Columns.IsEmpty)
        {
            Rows.Write(Console.Out, findings, choice);
            return;
        }

        var width = TextTable.WidthOf(Console.Out);
        foreach (var line in findings.SelectMany(finding => finding.ToString().Split('\n')))
        {
            foreach (var part in width is { } columns ? WordWrap.Lines(line, columns, words: true) : [line])
                Console.Out.WriteLine(part);
        }
    }

    /// <summary>E.g. "1 error", "0 warnings".</summary>
    public static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
