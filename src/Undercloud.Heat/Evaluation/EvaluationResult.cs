using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>What an evaluation came to: a value, or else the reasons why there is none.</summary>
public sealed record EvaluationResult(Value? Value, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>An evaluation that failed for one reason.</summary>
    public static EvaluationResult Failed(string reason) => new(null, [new(Severity.Error, "HOT031", reason)]);

    private const int ErrorLimit = 4000;
    private const int ReasonLimit = 20;

    /// <summary>The reasons, one after the other, as many as someone may read; empty when there is a value.</summary>
    public string Error
    {
        get
        {
            var error = string.Join(' ', Diagnostics.Where(finding => finding.Severity == Severity.Error).Take(ReasonLimit).Select(Sentence));
            return error.Length > ErrorLimit ? error[..ErrorLimit] + "…" : error;
        }
    }

    private static string Sentence(Diagnostic finding) =>
        (finding.Location is { Line: > 0 } place ? $"{place}: " : "") + finding.Message + (finding.Remedy is null ? "" : $" {finding.Remedy}");
}
