using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>Findings on standard output: as lines of text, json or yaml.</summary>
internal static class FindingOutput
{
    public static void Write(IEnumerable<Diagnostic> findings, string format)
    {
        if (format != "table")
        {
            DataOutput.Write(new ListValue([.. findings.Select(Data)]), format);
            return;
        }

        foreach (var finding in findings)
            Console.Out.WriteLine(finding);
    }

    /// <summary>E.g. "1 error", "0 warnings".</summary>
    public static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static Value Data(Diagnostic finding) => new MapValue(
    [
        new("severity", finding.Severity == Severity.Error ? "error" : "warning"),
        new("code", finding.Code),
        new("message", finding.Message),
        new("file", finding.Location is { } place ? place.Path : Value.Null),
        new("line", finding.Location is { Line: > 0 and var line } ? line : Value.Null),
        new("column", finding.Location is { Column: > 0 and var column } ? column : Value.Null),
        new("path", new ListValue([.. finding.ResourcePath.Select(name => (Value)name)])),
        new("remedy", finding.Remedy is { } remedy ? remedy : Value.Null),
    ]);
}
