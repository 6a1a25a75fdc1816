using System.Collections.Frozen;
using System.Collections.Immutable;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>The possible implementations of the resource types in templates, as far as they are certain without a stack.</summary>
internal sealed class TypeCatalog(HeatEnvironment environment, TemplateSources sources)
{
    private const int DepthLimit = 20;

    // Types with attributes besides those of their schema.
    private static readonly FrozenSet<string> s_open = FrozenSet.Create(
        StringComparer.Ordinal,
        "OS::Heat::None", "OS::Heat::ResourceGroup", "OS::Heat::ResourceChain", "OS::Heat::AutoScalingGroup", "OS::Heat::SoftwareDeployment", "OS::Heat::StructuredDeployment",
        "OS::Heat::SoftwareDeploymentGroup", "OS::Heat::SoftwareDeployments", "OS::Heat::StructuredDeploymentGroup", "OS::Heat::StructuredDeployments");

    // Types for which some resource has its own mapping: their implementation depends on the place.
    private readonly ImmutableHashSet<string> _overridden = [.. Keys(environment.RegistrySection["resources"])];

    // Templates that get the properties of a native type.
    private readonly ImmutableHashSet<string> _natives =
    [
        .. environment.RegistrySection.Entries
            .Where(entry => entry.Value is StringValue { Text: var target } && TemplatePath.IsTemplate(target) && NativeTypes.Has(entry.Key))
            .Select(entry => ((StringValue)entry.Value).Text),
    ];

    /// <summary>The existing types, for "did you mean".</summary>
    public IEnumerable<string> KnownTypes => environment.Registry.Types.Where(type => !type.EndsWith('*')).Concat(NativeTypes.Names);

    /// <summary>Whether this environment has no implementation of a type.</summary>
    public bool IsUnmapped(ResourceDeclaration resource) =>
        !TemplatePath.IsTemplate(resource.Type) && !_overridden.Contains(resource.Type)
        && environment.Registry.Find(resource.Type, resource.Name, NativeTypes.Has) is null;

    /// <summary>Whether the registry replaces a native type by a template, so that its parameters are that type's properties.</summary>
    public bool StandsForNative(string path) => _natives.Contains(path);

    /// <summary>The template of a resource, when it is always the same one.</summary>
    public TemplateSource? TemplateOf(TemplateSource from, ResourceDeclaration resource) =>
        Implementations(from, resource) is [{ IsTemplate: true } only] ? sources.Find(only.Name) : null;

    /// <summary>
    /// The names of the existing attributes, when no implementation of the resource has the given one; null when it may be right.
    /// </summary>
    public Miss? Missing(TemplateSource from, ResourceDeclaration resource, string attribute, string? next) =>
        Missing(from, resource, attribute, next, 0);

    private Miss? Missing(TemplateSource from, ResourceDeclaration resource, string attribute, string? next, int depth)
    {
        Miss? first = null;
        foreach (var implementation in Implementations(from, resource))
        {
            var miss = depth > DepthLimit ? null
                : implementation.IsTemplate ? MissingInTemplate(implementation.Name, resource, attribute, next, depth)
                : MissingInNative(implementation.Name, attribute);
            if (miss is null)
                return null;
            first ??= miss;
        }

        return first;
    }

    private Miss? MissingInTemplate(string path, ResourceDeclaration resource, string attribute, string? next, int depth)
    {
        if (sources.Find(path) is not { } nested)
            return null;
        if (!attribute.StartsWith("resource.", StringComparison.Ordinal))
        {
            return nested.OutputNames.Contains(attribute) || attribute == "show" ? null
                : new($"the resource '{resource.Name}' ({path}) has no attribute '{attribute}'.", attribute, [.. nested.OutputNames.Order(StringComparer.Ordinal)]);
        }

        var rest = attribute["resource.".Length..];
        var dot = rest.IndexOf('.');
        var name = dot < 0 ? rest : rest[..dot];
        if (!nested.ResourceNames.Contains(name))
            return new($"there is no resource '{name}' in the resource '{resource.Name}' ({path}).", name, [.. nested.ResourceNames.Order(StringComparer.Ordinal)]);
        var inner = dot < 0 ? next : rest[(dot + 1)..];
        return inner is not null && nested.Resources.TryGetValue(name, out var member) ? Missing(nested, member, inner, null, depth + 1) : null;
    }

    private static Miss? MissingInNative(string type, string attribute)
    {
        if (s_open.Contains(type) || NativeTypes.IsLive(type) && (attribute.Contains('.') || attribute.StartsWith("outputs", StringComparison.Ordinal)))
            return null;
        ImmutableArray<string> known = [.. TypeInterface.OfNative(type).Attributes.Append("show").Distinct()];
        return known.Contains(attribute) ? null : new($"{type} has no attribute '{attribute}'.", attribute, known);
    }

    // Empty when it cannot be determined. A mapped native type is native again inside of the template that implements it.
    private ImmutableArray<ResourceImplementation> Implementations(TemplateSource from, ResourceDeclaration resource)
    {
        if (TemplatePath.IsTemplate(resource.Type))
            return [new(TemplatePath.Resolve(from.Path, resource.Type), true, null)];
        if (_overridden.Contains(resource.Type) || environment.Registry.Find(resource.Type, resource.Name, NativeTypes.Has) is not { } found)
            return [];
        if (!found.IsTemplate)
            return [found];
        var inside = environment.Registry.Without(found.Key).Find(resource.Type, resource.Name, NativeTypes.Has);
        return inside is null ? [found]
            : found.Name == from.Path ? [inside]
            : [found, inside];
    }

    private static IEnumerable<string> Keys(Value? value) => value is MapValue map ? map.Entries.SelectMany(entry => Keys(entry.Value).Prepend(entry.Key)) : [];
}

/// <summary>A missing attribute or resource.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Name">The requested name.</param>
/// <param name="Known">The existing names.</param>
internal sealed record Miss(string Message, string Name, ImmutableArray<string> Known);
