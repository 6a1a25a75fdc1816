using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;

namespace Undercloud.Heat.Analysis;

/// <summary>Finds resources of a resolved stack by path, type or name.</summary>
public static class ResourceSearch
{
    /// <summary>
    /// The resources for a name: those at a path (<c>undercloud/Chain/3</c>), else those of a type, else those whose type or name
    /// ends in it (<c>keystone</c>). All of them when there are several.
    /// </summary>
    /// <param name="tree">The root stack.</param>
    /// <param name="name">The name.</param>
    /// <param name="preferred">The prefix of the preferred type, when several types have the same end.</param>
    public static ImmutableArray<ResolvedResource> Find(ResolvedResource tree, string name, string preferred)
    {
        var all = tree.All().ToList();
        if (name.Contains('/'))
            return [.. all.Where(resource => string.Equals(PathOf(resource), name.Trim('/'), StringComparison.Ordinal))];
        var exact = all.Where(resource => resource.Type == name).ToImmutableArray();
        if (!exact.IsEmpty)
            return exact;
        var byType = all.Where(resource => string.Equals(LastPart(resource.Type), name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        // OS::TripleO::Services::Keystone, not OS::TripleO::Services::Logging::Keystone.
        var service = byType.Where(resource => string.Equals(resource.Type, preferred + name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        return !service.IsEmpty ? service
            : !byType.IsEmpty ? byType
            : [.. all.Where(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The names most similar to an unknown one, nearest first.</summary>
    public static ImmutableArray<string> Near(ResolvedResource tree, string name)
    {
        var known = tree.All().Select(resource => LastPart(resource.Type)).Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var last = LastPart(name);
        var near = known.Where(candidate => candidate.Contains(last, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(5).ToList();
        if (NearestName.Of(last, known) is { } nearest && !near.Contains(nearest))
            near.Insert(0, nearest);
        return [.. near];
    }

    /// <summary>A resource's path, as it is written in a search.</summary>
    public static string PathOf(ResolvedResource resource) => string.Join('/', resource.Path);

    private static string LastPart(string type) => type[(type.LastIndexOf(':') + 1)..];
}
