using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Analysis;

/// <summary>A template as written, read without creating a stack of it.</summary>
/// <param name="Path">The path in its tree.</param>
/// <param name="Root">The text's root.</param>
/// <param name="Template">The parsed template.</param>
/// <param name="Findings">The findings of reading and parsing.</param>
internal sealed record TemplateSource(string Path, YamlMapping Root, HotTemplate Template, ImmutableArray<Diagnostic> Findings)
{
    private readonly Lazy<TemplateReferences> _references = new(() => TemplateWalk.Of(Root, Template));

    /// <summary>The names in the template's functions.</summary>
    public TemplateReferences References => _references.Value;

    /// <summary>The resources by name; a resource of a wrong shape is missing.</summary>
    public ImmutableDictionary<string, ResourceDeclaration> Resources { get; } =
        Template.Resources.ToImmutableDictionary(resource => resource.Name, StringComparer.Ordinal);

    /// <summary>The names of all resources in the text, whatever their shape.</summary>
    public ImmutableHashSet<string> ResourceNames { get; } =
        (Root["resources"] is YamlMapping map ? map.Entries.Select(entry => entry.Key) : []).ToImmutableHashSet(StringComparer.Ordinal);

    public ImmutableHashSet<string> OutputNames { get; } =
        (Root["outputs"] is YamlMapping map ? map.Entries.Select(entry => entry.Key) : []).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>The names of all parameters in the text, whatever their shape.</summary>
    public ImmutableHashSet<string> ParameterNames { get; } =
        (Root["parameters"] is YamlMapping map ? map.Entries.Select(entry => entry.Key) : []).ToImmutableHashSet(StringComparer.Ordinal);
}
