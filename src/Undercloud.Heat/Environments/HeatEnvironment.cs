using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Environments;

/// <summary>An environment: parameter values and the resource registry, from one file or several merged ones. Immutable.</summary>
public sealed class HeatEnvironment
{
    private readonly Lazy<ResourceRegistry> _registry;

    private HeatEnvironment(MapValue parameters, MapValue parameterDefaults, MapValue registry)
    {
        Parameters = parameters;
        ParameterDefaults = parameterDefaults;
        RegistrySection = registry;
        _registry = new(() => ResourceRegistry.From(RegistrySection));
    }

    public static HeatEnvironment Empty { get; } = new(MapValue.Empty, MapValue.Empty, MapValue.Empty);

    /// <summary>Parameters of the root stack; an undeclared one is an error.</summary>
    public MapValue Parameters { get; }

    /// <summary>Defaults for the parameters of that name in every stack of the tree.</summary>
    public MapValue ParameterDefaults { get; }

    /// <summary>The merged <c>resource_registry</c> with paths resolved.</summary>
    public MapValue RegistrySection { get; }

    public ResourceRegistry Registry => _registry.Value;

    /// <summary>Where a parameter got its value: the key's place in the last file that set it.</summary>
    public ImmutableDictionary<string, SourceSpan> Locations { get; private init; } =
        ImmutableDictionary.Create<string, SourceSpan>(StringComparer.Ordinal);

    /// <summary>Where a type got its mapping: the key's place in the last file that mapped it.</summary>
    public ImmutableDictionary<string, SourceSpan> RegistryLocations { get; private init; } =
        ImmutableDictionary.Create<string, SourceSpan>(StringComparer.Ordinal);

    /// <summary>The merge strategy of each parameter for which a file sets one: overwrite, merge, deep_merge.</summary>
    public ImmutableDictionary<string, string> MergeStrategies { get; private init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads environment files and merges them, later ones over earlier ones.</summary>
    public static HeatEnvironment Read(IEnumerable<string> paths, ITemplateFiles files, DiagnosticBag diagnostics)
    {
        var merged = Empty;
        foreach (var path in paths.Select(TemplatePath.Normalise))
        {
            if (files.Read(path) is { } text)
                merged = merged.With(Parse(text, path, diagnostics), diagnostics);
            else if (files.Failure(path) is { } failure)
                diagnostics.AddRange([failure]);
            else
                diagnostics.Error(new(path, 0, 0), "ENV004", "There is no such environment file.");
        }

        return merged;
    }

    /// <summary>The environment in a text; wrong entries are reported and dropped. Relative paths start at <paramref name="path"/>.</summary>
    public static HeatEnvironment Parse(string text, string path, DiagnosticBag diagnostics) =>
        EnvironmentParser.Parse(text, path, diagnostics) is { } file
            ? new(file.Parameters, file.ParameterDefaults, file.Registry)
            {
                Locations = file.Locations,
                RegistryLocations = file.RegistryLocations,
                MergeStrategies = file.MergeStrategies,
            }
            : Empty;

    /// <summary>An environment of parameter defaults only, e.g. those of undercloud.conf.</summary>
    public static HeatEnvironment OfDefaults(MapValue parameterDefaults) => new(MapValue.Empty, parameterDefaults, MapValue.Empty);

    /// <summary>An environment of registry entries only; paths are used as they are.</summary>
    public static HeatEnvironment OfRegistry(MapValue registry) => new(MapValue.Empty, MapValue.Empty, registry);

    /// <summary>This environment with a later one merged over it.</summary>
    public HeatEnvironment With(HeatEnvironment later, DiagnosticBag diagnostics)
    {
        foreach (var (name, strategy) in later.MergeStrategies)
        {
            if (MergeStrategies.TryGetValue(name, out var earlier) && earlier != strategy)
                diagnostics.Error(later.Location(name), "ENV003", $"The parameter '{name}' is to be merged by {strategy} here, by {earlier} in an earlier file.");
        }

        var strategies = MergeStrategies.SetItems(later.MergeStrategies);
        return new(
            Merge(Parameters, later.Parameters, strategies, later, diagnostics),
            Merge(ParameterDefaults, later.ParameterDefaults, strategies, later, diagnostics),
            MapMerging.Update(RegistrySection, later.RegistrySection))
        {
            Locations = Locations.SetItems(later.Locations),
            RegistryLocations = RegistryLocations.SetItems(later.RegistryLocations),
            MergeStrategies = strategies,
        };
    }

    /// <summary>This environment with some parameters and mappings taken from another one; those missing there are removed.</summary>
    /// <param name="parameters">The parameters' names.</param>
    /// <param name="types">The keys of the registry.</param>
    /// <param name="other">The other environment.</param>
    public HeatEnvironment WithThoseOf(IReadOnlyCollection<string> parameters, IReadOnlyCollection<string> types, HeatEnvironment other) =>
        new(Taken(Parameters, parameters, other.Parameters), Taken(ParameterDefaults, parameters, other.ParameterDefaults), Taken(RegistrySection, types, other.RegistrySection))
        {
            Locations = Locations.RemoveRange(parameters).SetItems(other.Locations.Where(pair => parameters.Contains(pair.Key))),
            RegistryLocations = RegistryLocations.RemoveRange(types).SetItems(other.RegistryLocations.Where(pair => types.Contains(pair.Key))),
            MergeStrategies = MergeStrategies,
        };

    /// <summary>Where a parameter got its value, when that was in a file.</summary>
    public SourceSpan? Location(string parameter) => Locations.TryGetValue(parameter, out var span) ? span : null;

    /// <summary>Where a type of the registry got its mapping, when that was in a file.</summary>
    public SourceSpan? RegistryLocation(string type) => RegistryLocations.TryGetValue(type, out var span) ? span : null;

    private static MapValue Taken(MapValue map, IReadOnlyCollection<string> keys, MapValue other) =>
        new(map.Entries.Where(entry => !keys.Contains(entry.Key)).Concat(other.Entries.Where(entry => keys.Contains(entry.Key))));

    private static MapValue Merge(
        MapValue old, MapValue later, ImmutableDictionary<string, string> strategies, HeatEnvironment origin, DiagnosticBag diagnostics)
    {
        if (strategies.IsEmpty)
            return MapMerging.Update(old, later);
        var updated = MapMerging.Update(old, later).Entries.ToList();
        foreach (var (name, value) in later.Entries)
        {
            if (!strategies.TryGetValue(name, out var strategy) || value is NullValue)
                continue;
            var merged = strategy == "overwrite" ? value : MapMerging.Merge(old[name], value, strategy == "deep_merge");
            if (merged is null)
                diagnostics.Error(origin.Location(name), "ENV003", $"The parameter '{name}' cannot be merged: it is {old[name]!.TypeName} in an earlier file and {value.TypeName} here.");
            else
                updated.Add(new(name, merged));
        }

        return new(updated);
    }
}
