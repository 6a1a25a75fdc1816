using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Analysis;

/// <summary>All findings about a stack and its templates.</summary>
/// <param name="Findings">The findings by file and line, each once.</param>
/// <param name="Templates">The number of checked templates.</param>
public sealed record TemplateReport(ImmutableArray<Diagnostic> Findings, int Templates)
{
    public int Errors => Findings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => Findings.Length - Errors;
}
