using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Analysis;

/// <summary>Everything that was found about a stack and the templates around it.</summary>
/// <param name="Findings">The findings by file and line, each once.</param>
/// <param name="Templates">How many templates were looked at.</param>
public sealed record TemplateReport(ImmutableArray<Diagnostic> Findings, int Templates)
{
    public int Errors => Findings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => Findings.Length - Errors;
}
