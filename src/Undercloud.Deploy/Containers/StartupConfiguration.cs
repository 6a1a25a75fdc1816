using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>One file of a start-up configuration.</summary>
/// <param name="Path">Its path in messages.</param>
/// <param name="Text">JSON.</param>
/// <param name="Container">The container the whole file describes; null when the file is a map of containers.</param>
public sealed record StartupFile(string Path, string Text, string? Container = null);

/// <summary>Reads start-up configurations: the containers of one config id.</summary>
public static class StartupConfiguration
{
    /// <summary>The containers described, by name; all errors in them are added to <paramref name="diagnostics"/>.</summary>
    public static ImmutableArray<ContainerSpec> Read(IEnumerable<StartupFile> files, DiagnosticBag diagnostics)
    {
        var specs = new SortedDictionary<string, ContainerSpec>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (LocatedJson.Read(file.Path, file.Text, diagnostics) is not { } json)
                continue;
            if (json.Root is not MapValue map)
                diagnostics.Error(json.Locate(), "CTR002", $"A start-up configuration is a map, not of type {json.Root.TypeName}.");
            else if (file.Container is { } name)
                Add(name, map, keys => json.Locate(keys));
            else
                AddAll(map, json);
        }

        return [.. specs.Values];

        void AddAll(MapValue map, LocatedJson json)
        {
            foreach (var (name, value) in map.Entries)
            {
                if (value is MapValue config)
                    Add(name, config, keys => json.Locate([name, .. keys]));
                else
                    diagnostics.Error(json.Locate(name), "CTR002", $"Container '{name}' is a map of keys, not of type {value.TypeName}.");
            }
        }

        void Add(string name, MapValue config, Func<string[], SourceSpan?> locate)
        {
            if (specs.ContainsKey(name))
                diagnostics.Error(locate([]), "CTR003", $"Container '{name}' is described twice.");
            else if (ContainerSpecReader.Read(name, config, locate, diagnostics) is { } spec)
                specs.Add(name, spec);
        }
    }

    /// <summary>The containers of a resolved <c>docker_config</c> step: a map from name to configuration.</summary>
    public static ImmutableArray<ContainerSpec> Read(MapValue containers, DiagnosticBag diagnostics) =>
    [
        .. containers.Entries
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => ContainerSpecReader.Read(entry.Key, entry.Value as MapValue ?? MapValue.Empty, _ => null, diagnostics))
            .OfType<ContainerSpec>(),
    ];
}
