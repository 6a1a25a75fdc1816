using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>The result of resolving a stack.</summary>
public sealed record StackResult
{
    /// <summary>The root template's outputs; one that failed is null.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>All findings about templates, environment and parameters, each once.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The strings in the values of hidden parameters, for masking them wherever they appear.</summary>
    public ImmutableArray<string> HiddenValues { get; init; } = [];

    /// <summary>The strings that Heat would generate at random: random strings, the servers' secrets. Here they are derived from the request's seed.</summary>
    public ImmutableArray<string> GeneratedValues { get; init; } = [];

    /// <summary>The software deployments of the whole tree, in the order of their creation.</summary>
    public ImmutableArray<SoftwareDeployment> Deployments { get; init; } = [];

    /// <summary>The stored software configurations by id.</summary>
    public IReadOnlyDictionary<string, SoftwareConfig> Configs { get; init; } = ImmutableDictionary<string, SoftwareConfig>.Empty;

    /// <summary>The tree of resources, built on demand; null when there is no root template.</summary>
    public Lazy<ResolvedResource>? Tree { get; init; }

    /// <summary>The templates that were instantiated, by path.</summary>
    public ImmutableArray<string> Templates { get; init; } = [];

    /// <summary>The root stack's parameters as its template sees them.</summary>
    public MapValue Parameters { get; init; } = MapValue.Empty;

    /// <summary>The keys of the registry that the types of resources used.</summary>
    public IReadOnlySet<string> UsedMappings { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Warnings about parameter defaults that no template declares.</summary>
    public ImmutableArray<Diagnostic> UnusedParameters => Unused?.Value ?? [];

    /// <summary>Finds these warnings on demand, since it must read every template of the registry.</summary>
    internal Lazy<ImmutableArray<Diagnostic>>? Unused { get; init; }

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
