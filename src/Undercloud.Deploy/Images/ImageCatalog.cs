using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>All image definitions, each after its parent.</summary>
public sealed class ImageCatalog
{
    private readonly ImmutableDictionary<string, ImageDefinition> _byName;

    private ImageCatalog(ImmutableArray<ImageDefinition> ordered)
    {
        All = ordered;
        _byName = ordered.ToImmutableDictionary(definition => definition.Name);
    }

    /// <summary>Every definition, parents first, otherwise by name.</summary>
    public ImmutableArray<ImageDefinition> All { get; }

    /// <summary>Heat parameters that name an image, with the image's full name in a release.</summary>
    /// <exception cref="ArgumentException">There is no such release.</exception>
    public ImmutableSortedDictionary<string, string> ImageParameters(string release)
    {
        var known = OpenStackRelease.Of(release) ?? throw new ArgumentException($"There is no release '{release}'.", nameof(release));
        return All
            .SelectMany(definition => definition.Parameters.Select(parameter => KeyValuePair.Create(parameter, definition.TagFor(known))))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>The catalogue of these definitions: unknown parents, cycles and parameters claimed twice are findings.</summary>
    public static ImageCatalog Of(IEnumerable<ImageDefinition> definitions, DiagnosticBag diagnostics)
    {
        var left = definitions.OrderBy(definition => definition.Name, StringComparer.Ordinal).ToList();
        var names = left.Select(definition => definition.Name).ToHashSet();
        foreach (var orphan in left.Where(definition => definition.From is { } from && !names.Contains(from)))
        {
            var remedy = NearestName.Of(orphan.From!, names) is { } near ? $"Did you mean '{near}'?" : null;
            diagnostics.Error(orphan.Location, "IMG010", $"The image '{orphan.Name}' stands on '{orphan.From}', which has no definition.", remedy);
        }

        foreach (var twice in left.SelectMany(d => d.Parameters.Select(p => (Definition: d, Parameter: p))).GroupBy(p => p.Parameter).Where(g => g.Count() > 1))
            diagnostics.Error(twice.Last().Definition.Location, "IMG011", $"{twice.Key} names two images: {string.Join(", ", twice.Select(t => t.Definition.Name))}.");

        var byName = left.GroupBy(definition => definition.Name).ToDictionary(group => group.Key, group => group.First());
        foreach (var late in left.Where(d => d.From is { } from && byName.GetValueOrDefault(from)?.OnlyRelease is { } only && d.OnlyRelease != only))
            diagnostics.Error(late.Location, "IMG016", $"The image '{late.Name}' stands on '{late.From}', which is there for one release alone.", $"Say 'release: {byName[late.From!].OnlyRelease!.Name}' in it as well.");

        var ordered = ImmutableArray.CreateBuilder<ImageDefinition>();
        var placed = new HashSet<string>();
        while (left.Find(definition => definition.From is null || placed.Contains(definition.From)) is { } next)
        {
            ordered.Add(next);
            placed.Add(next.Name);
            left.Remove(next);
        }

        foreach (var stuck in left.Where(definition => names.Contains(definition.From!)))
            diagnostics.Error(stuck.Location, "IMG012", $"The image '{stuck.Name}' stands on itself, or on one that has no root.");
        return new(ordered.ToImmutable());
    }

    /// <summary>
    /// The named definitions and all their ancestors, or the whole catalogue when no name is given, by the release that each is built for: the
    /// given release, or the definition's only one. An unknown name is a finding.
    /// </summary>
    public ImmutableArray<(OpenStackRelease Release, ImmutableArray<ImageDefinition> Definitions)> ByRelease(
        IReadOnlyCollection<string> names, OpenStackRelease release, DiagnosticBag diagnostics) =>
    [
        .. (names.Count == 0 ? All.Select(definition => definition.Name) : names)
            .GroupBy(name => _byName.GetValueOrDefault(name)?.OnlyRelease ?? release)
            .OrderByDescending(group => group.Key == release)
            .Select(group => (group.Key, With(group, diagnostics))),
    ];

    /// <summary>The definition of that name, or null.</summary>
    public ImageDefinition? Of(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The named definitions and all their ancestors, parents first; an unknown name is a finding.</summary>
    public ImmutableArray<ImageDefinition> With(IEnumerable<string> names, DiagnosticBag diagnostics)
    {
        var wanted = new HashSet<string>();
        foreach (var name in names)
        {
            if (!_byName.ContainsKey(name))
            {
                var remedy = NearestName.Of(name, _byName.Keys) is { } near ? $"Did you mean '{near}'?" : $"There are {string.Join(", ", All.Select(d => d.Name))}.";
                diagnostics.Error(null, "IMG013", $"There is no image definition '{name}'.", remedy);
                continue;
            }

            for (var definition = _byName[name]; definition is not null; definition = definition.From is { } from ? _byName[from] : null)
                wanted.Add(definition.Name);
        }

        return [.. All.Where(definition => wanted.Contains(definition.Name))];
    }
}
