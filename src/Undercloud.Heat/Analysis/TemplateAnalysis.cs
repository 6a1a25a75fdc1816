using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>
/// Checks all templates that a stack uses, or could use by its registry, instantiated or not. An error prevents the stack from being
/// resolved, and comes from its resolution; every other finding here is a warning.
/// </summary>
public static class TemplateAnalysis
{
    /// <summary>All findings about a stack: those of its resolution and those about its templates as written.</summary>
    /// <param name="request">The stack.</param>
    /// <param name="result">The result of its resolution.</param>
    public static TemplateReport Analyse(StackRequest request, StackResult result)
    {
        var sources = new TemplateSources(request.Files);
        var catalog = new TypeCatalog(request.Environment, sources);
        var findings = new DiagnosticBag();
        var suggestions = new Suggestions();
        var templates = Reached(request, result, sources, findings);
        var given = templates.SelectMany(template => template.References.Given).ToHashSet(StringComparer.Ordinal);
        var instantiated = result.Templates.ToHashSet(StringComparer.Ordinal);
        foreach (var template in templates)
        {
            findings.AddRange(template.Findings.Select(finding => finding with { Severity = Severity.Warning }));
            findings.AddRange(template.References.Calls);
            if (!catalog.StandsForNative(template.Path))
                ParameterChecks.CheckUnused(template, given, findings);
            ParameterChecks.CheckDeclared(template, suggestions, findings);
            ConditionChecks.Check(template, suggestions, findings);
            ResourceChecks.Check(template, catalog, sources, suggestions, findings);
            if (instantiated.Contains(template.Path))
                ResourceChecks.CheckRequired(template, catalog, request.Environment, findings);
            CycleCheck.Check(template, findings);
        }

        findings.AddRange(sources.Broken.Select(finding => finding with { Severity = Severity.Warning }));
        // The analysis knows more templates than the resolution, so there may be fewer undeclared defaults.
        var declared = templates.SelectMany(template => template.ParameterNames).ToHashSet(StringComparer.Ordinal);
        findings.AddRange(UnusedParameters.Find(request.Environment, declared));
        return new(Merged(result.Diagnostics, findings.All), templates.Count);
    }

    /// <summary>Findings in the order of files and lines.</summary>
    public static ImmutableArray<Diagnostic> Sorted(IEnumerable<Diagnostic> findings) =>
    [
        .. findings
            .OrderBy(finding => finding.Location?.Path ?? "", StringComparer.Ordinal)
            .ThenBy(finding => finding.Location?.Line ?? 0)
            .ThenBy(finding => finding.Location?.Column ?? 0)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];

    // The root, the instantiated templates, those in the registry, and those that these name by path.
    private static List<TemplateSource> Reached(StackRequest request, StackResult result, TemplateSources sources, DiagnosticBag findings)
    {
        var reached = new List<TemplateSource>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<(string Path, SourceSpan? From)>();
        waiting.Enqueue((TemplatePath.Normalise(request.TemplatePath), null));
        foreach (var (type, target) in Registered(request.Environment.RegistrySection))
            waiting.Enqueue((target, request.Environment.RegistryLocation(type)));
        foreach (var path in result.Templates)
            waiting.Enqueue((path, null));
        while (waiting.TryDequeue(out var next))
        {
            if (!seen.Add(next.Path))
                continue;
            if (sources.Find(next.Path) is { } source)
            {
                reached.Add(source);
                foreach (var resource in source.Template.Resources.Where(resource => TemplatePath.IsTemplate(resource.Type)))
                    waiting.Enqueue((TemplatePath.Resolve(source.Path, resource.Type), resource.TypeSpan));
            }
            else if (!sources.Has(next.Path))
            {
                findings.Warning(next.From ?? new(next.Path, 0, 0), "HOT001", $"There is no template '{next.Path}'.", TemplatePath.RemedyOfUrl(next.Path));
            }
        }

        return reached;
    }

    private static IEnumerable<(string Type, string Target)> Registered(MapValue section) => section.Entries.SelectMany(entry => entry.Value switch
    {
        StringValue { Text: var target } when TemplatePath.IsTemplate(target) => [(entry.Key, target)],
        MapValue inner => Registered(inner),
        _ => [],
    });

    // The resolution's finding about a place is the better one: it knows the values, and the resource.
    private static ImmutableArray<Diagnostic> Merged(ImmutableArray<Diagnostic> resolved, ImmutableArray<Diagnostic> written)
    {
        var places = resolved.Select(finding => (finding.Code, finding.Location)).ToHashSet();
        var known = resolved.Select(Identity).ToHashSet();
        return Sorted(resolved.Concat(written.Where(finding =>
            (finding.Code == "HOT011" || !places.Contains((finding.Code, finding.Location))) && known.Add(Identity(finding)))));
    }

    private static (string, string, SourceSpan?) Identity(Diagnostic finding) => (finding.Code, finding.Message, finding.Location);
}
