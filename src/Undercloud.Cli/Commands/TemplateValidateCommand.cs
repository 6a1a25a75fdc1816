using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud template validate</c>: everything wrong with a tree, instantiated or not. Exit 0: no error; 3: errors.</summary>
public static class TemplateValidateCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var format = CommonOptions.DataFormat();
        var strict = new Option<bool>("--strict") { Description = "Take warnings for errors." };
        var command = new Command("validate", "Find everything wrong with a tree of Heat templates at once. Exit code 0 for no error, 3 for errors.") { strict, format };
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var request = await options.RequestAsync(parsed, composition, findings, stop);
            var report = Report(request, findings);
            Print(report, parsed.GetValue(format)!);
            await Console.Error.WriteLineAsync(Summary(report));
            return report.Errors > 0 || (parsed.GetValue(strict) && report.Warnings > 0) ? ExitCodes.ChecksFailed : ExitCodes.Done;
        });
        return command;
    }

    // A file that is missing or unreadable leaves out so much that what follows would only be consequences of it.
    private static TemplateReport Report(StackRequest? request, DiagnosticBag findings)
    {
        if (request is null || findings.All.Any(finding => finding.Severity == Severity.Error && finding.Code != "ENV002"))
            return new(TemplateAnalysis.Sorted(findings.All), 0);
        var result = StackResolver.Resolve(request);
        var report = TemplateAnalysis.Analyse(request, result);
        var mask = new ValueMask(result.HiddenValues);
        return report with { Findings = TemplateAnalysis.Sorted(findings.All.Concat(report.Findings.Select(mask.Apply))) };
    }

    private static void Print(TemplateReport report, string format)
    {
        if (format != "table")
        {
            DataOutput.Write(new ListValue([.. report.Findings.Select(Data)]), format);
            return;
        }

        foreach (var finding in report.Findings)
            Console.Out.WriteLine(finding);
    }

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

    private static string Summary(TemplateReport report) =>
        $"{Count(report.Errors, "error")}, {Count(report.Warnings, "warning")} in {Count(report.Templates, "template")}";

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
