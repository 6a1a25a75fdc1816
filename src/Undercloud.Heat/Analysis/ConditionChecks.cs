using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Analysis;

/// <summary>Checks a template's conditions against the references to them.</summary>
internal static class ConditionChecks
{
    public static void Check(TemplateSource template, Suggestions suggestions, DiagnosticBag findings)
    {
        var declared = template.Template.Conditions;
        var used = template.References.Conditions.Select(reference => reference.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in template.References.Conditions.Where(reference => !declared.ContainsKey(reference.Name)))
            findings.Warning(reference.Span, "HOT040", $"There is no condition '{reference.Name}'.", suggestions.For(reference.Name, declared.Keys));
        foreach (var condition in declared.Values.Where(condition => !used.Contains(condition.Name)))
            findings.Warning(condition.Span, "HOT051", $"The condition '{condition.Name}' is declared and never used.", "Remove it, or name it where it is meant to decide.");
    }
}
