using Undercloud.Heat.Diagnostics;

namespace Undercloud.Cli.Commands;

/// <summary>Findings about templates on standard error.</summary>
internal static class TemplateFindings
{
    /// <summary>Shows the errors among findings, all of them, and returns the exit code for that.</summary>
    public static int Fail(IEnumerable<Diagnostic> findings)
    {
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        Console.Error.WriteLine(errors.Count == 1 ? "1 error." : $"{errors.Count} errors.");
        return ExitCodes.ChecksFailed;
    }
}
