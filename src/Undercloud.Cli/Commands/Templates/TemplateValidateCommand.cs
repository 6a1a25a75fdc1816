using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template validate</c>: all findings of a tree, including templates that no stack uses. Exit 0: no error; 3: errors.</summary>
public static class TemplateValidateCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var format = RowOptions.For(FindingOutput.Rows);
        var strict = new Option<bool>("--strict") { Description = "Treat warnings as errors." };
        var command = new Command("validate", "Find everything wrong with a tree of Heat templates at once. Exit code 0 for no error, 3 for errors.") { strict };
        format.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var request = await options.RequestAsync(parsed, composition, findings, stop);
            var report = Report(request, findings);
            FindingOutput.Write(report.Findings, format.Of(parsed));
            await Console.Error.WriteLineAsync(Summary(report));
            return report.Errors > 0 || (parsed.GetValue(strict) && report.Warnings > 0) ? ExitCodes.ChecksFailed : ExitCodes.Done;
        });
        return command;
    }

    // After a missing or unreadable file, further findings would only be its consequences.
    private static TemplateReport Report(StackRequest? request, DiagnosticBag findings)
    {
        if (request is null || findings.All.Any(finding => finding.Severity == Severity.Error && finding.Code != "ENV002"))
            return new(TemplateAnalysis.Sorted(findings.All), 0);
        var result = StackResolver.Resolve(request);
        var report = TemplateAnalysis.Analyse(request, result);
        var mask = new ValueMask(result.HiddenValues);
        return report with { Findings = TemplateAnalysis.Sorted(findings.All.Concat(report.Findings.Select(mask.Apply))) };
    }

    private static string Summary(TemplateReport report) =>
        $"{FindingOutput.Count(report.Errors, "error")}, {FindingOutput.Count(report.Warnings, "warning")} in {FindingOutput.Count(report.Templates, "template")}";
}
