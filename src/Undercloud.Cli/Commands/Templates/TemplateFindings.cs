using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>Findings about templates on standard error.</summary>
internal static class TemplateFindings
{
    /// <summary>A stack's findings without the values of its hidden parameters.</summary>
    public static ImmutableArray<Diagnostic> Of(StackResult result)
    {
        var mask = new ValueMask(result.HiddenValues);
        return [.. result.Diagnostics.Select(mask.Apply)];
    }

    /// <summary>Shows all errors among the findings, and returns the exit code for them.</summary>
    public static int Fail(IEnumerable<Diagnostic> findings)
    {
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        Console.Error.WriteLine(errors.Count == 1 ? "1 error." : $"{errors.Count} errors.");
        return ExitCodes.ChecksFailed;
    }
}
