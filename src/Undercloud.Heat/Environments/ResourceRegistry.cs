using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Environments;

/// <summary>The implementation of a resource type: a nested template's path, or the name of a native type.</summary>
/// <param name="Name">The path or the type.</param>
/// <param name="IsTemplate">Whether it is a path.</param>
/// <param name="Key">The registry's key of the mapping, when there is one.</param>
public sealed record ResourceImplementation(string Name, bool IsTemplate, string? Key);

/// <summary>The resource registry: the implementation of each type. Source: Heat 19, wildcards and precedence included.</summary>
public sealed class ResourceRegistry
{
    private readonly ImmutableDictionary<string, string> _types;
    private readonly ImmutableArray<string> _patterns;
    private readonly MapValue _overrides;

    private ResourceRegistry(ImmutableDictionary<string, string> types, MapValue overrides)
    {
        _types = types;
        _overrides = overrides;
        // Heat: a wildcard that is mapped to a template is ignored.
        _patterns = [.. types.Where(pair => pair.Key.EndsWith('*') && !TemplatePath.IsTemplate(pair.Value)).Select(pair => pair.Key).Order(CodePointOrder.Comparer)];
    }

    public static ResourceRegistry Empty { get; } = new(ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal), MapValue.Empty);

    /// <summary>The types that are mapped, wildcards included.</summary>
    public IEnumerable<string> Types => _types.Keys;

    /// <summary>The mappings by type, wildcards included.</summary>
    public IReadOnlyDictionary<string, string> Mappings => _types;

    /// <summary>The templates that types are mapped to.</summary>
    public IEnumerable<string> Templates => _types.Values.Where(TemplatePath.IsTemplate).Distinct(StringComparer.Ordinal);

    /// <summary>The registry of a merged <c>resource_registry</c> section; a null value removes a mapping.</summary>
    public static ResourceRegistry From(MapValue section)
    {
        var types = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (type, value) in section.Entries)
        {
            if (value is StringValue { Text: var target } && type != "base_url")
                types[type] = target;
            else if (value is NullValue && type.EndsWith('*'))
                types.RemoveRange(types.Keys.Where(key => key.StartsWith(type[..^1], StringComparison.Ordinal)).ToList());
            else if (value is NullValue)
                types.Remove(type);
        }

        return new(types.ToImmutable(), section["resources"] as MapValue ?? MapValue.Empty);
    }

    /// <summary>The implementation of a type in the resource <paramref name="resource"/>; null when mappings lead nowhere.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resource">The resource's name; it may have mappings of its own.</param>
    /// <param name="isNative">Whether a type exists without any mapping.</param>
    public ResourceImplementation? Find(string type, string resource, Func<string, bool> isNative) =>
        Find(type, resource, isNative, ImmutableHashSet<string>.Empty);

    /// <summary>The mappings that lead from a type to its implementation, in their order; null when they lead nowhere. Empty for a native type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isNative">Whether a type exists without any mapping.</param>
    public ImmutableArray<(string Key, string Target)>? Trace(string type, Func<string, bool> isNative) =>
        Trace(type, isNative, ImmutableHashSet<string>.Empty);

    /// <summary>The registry in a nested stack that a mapping selected: without that mapping, so that a template may use the type that it implements.</summary>
    public ResourceRegistry Without(string? key) =>
        key is null || !_types.ContainsKey(key) ? this : new(_types.Remove(key), _overrides);

    /// <summary>The registry inside of a resource: the mappings for this resource take precedence.</summary>
    public ResourceRegistry Inside(string resource)
    {
        if (_overrides.Count == 0)
            return this;
        // Heat: a mapping for the resource's name wins.
        var inner = _overrides.Entries.Where(entry => NamePattern.Matches(entry.Key, resource)).Select(entry => entry.Value).Append(_overrides[resource]);
        return new(_types, new MapValue(inner.OfType<MapValue>().SelectMany(map => map.Entries)));
    }

    /// <summary>
    /// The implementation of the type if it were not the template <paramref name="chosen"/>: Heat requires that template to have the same interface.
    /// </summary>
    public ResourceImplementation? FindFacade(string type, string resource, Func<string, bool> isNative, ResourceImplementation chosen)
    {
        foreach (var (key, target) in Candidates(type, resource))
        {
            var found = TemplatePath.IsTemplate(target) ? new(target, true, key)
                : target == type ? null
                : Find(target, resource, isNative, ImmutableHashSet<string>.Empty.Add(type));
            if (found is not null && found != chosen)
                return found;
        }

        return isNative(type) ? new(type, false, null) : null;
    }

    private ResourceImplementation? Find(string type, string resource, Func<string, bool> isNative, ImmutableHashSet<string> seen)
    {
        foreach (var (key, target) in Candidates(type, resource))
        {
            if (TemplatePath.IsTemplate(target))
                return new(target, true, key);
            // A mapping that leads back to itself leads nowhere.
            if (!seen.Contains(target) && target != type && Find(target, resource, isNative, seen.Add(type)) is { } found)
                return found;
        }

        return isNative(type) ? new(type, false, null) : null;
    }

    private ImmutableArray<(string Key, string Target)>? Trace(string type, Func<string, bool> isNative, ImmutableHashSet<string> seen)
    {
        foreach (var (key, target) in Candidates(type, ""))
        {
            if (TemplatePath.IsTemplate(target))
                return [(key, target)];
            if (!seen.Contains(target) && target != type && Trace(target, isNative, seen.Add(type)) is { } rest)
                return [(key, target), .. rest];
        }

        return isNative(type) ? [] : null;
    }

    // Heat: mappings for one resource first, then by key; '*' sorts before letters, so wildcards beat exact names.
    private IEnumerable<(string Key, string Target)> Candidates(string type, string resource)
    {
        if (_overrides[resource] is MapValue own && own[type] is StringValue { Text: var special })
            yield return ($"resources/{resource}/{type}", special);
        var exact = _types.GetValueOrDefault(type);
        foreach (var pattern in _patterns)
        {
            var target = _types[pattern];
            if (type == target || !type.StartsWith(pattern[..^1], StringComparison.Ordinal) || pattern == type)
                continue;
            if (exact is not null && CodePointOrder.Compare(type, pattern) < 0)
            {
                yield return (type, exact);
                exact = null;
            }

            yield return (pattern, target.EndsWith('*') ? target[..^1] + type[(pattern.Length - 1)..] : target);
        }

        if (exact is not null)
            yield return (type, exact);
    }
}
