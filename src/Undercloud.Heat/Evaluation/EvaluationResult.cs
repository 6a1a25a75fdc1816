using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>The result of an evaluation: a value, or else the reasons for its failure.</summary>
public sealed record EvaluationResult(Value? Value, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>An evaluation that failed for one reason.</summary>
    public static EvaluationResult Failed(string reason) => new(null, [new(Severity.Error, "HOT031", reason)]);

    private const int ReasonLimit = 20;
    private const int ReasonLength = 500;

    /// <summary>The reasons, one after the other, up to a readable number; empty when there is a value.</summary>
    public string Error =>
        string.Join(' ', Diagnostics.Where(finding => finding.Severity == Severity.Error).Take(ReasonLimit).Select(Sentence));

    private static string Sentence(Diagnostic finding) =>
        (finding.Location is { Line: > 0 } place ? $"{place}: " : "") + Short(finding.Message) + (finding.Remedy is null ? "" : $" {Short(finding.Remedy)}");

    // The essential words are at both ends of a sentence; a value of any length is in between.
    private static string Short(string text) =>
        text.Length <= ReasonLength ? text : $"{text[..(ReasonLength / 2)]}…{text[^(ReasonLength / 2)..]}";
}
