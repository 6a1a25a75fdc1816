using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// A container's <c>config_files</c>: the services' configuration files that it gets, each as <c>volume/path</c>, a file or a directory
/// of files. Each becomes a read-only mount, from the volume's place on the node to the same path in the container.
/// </summary>
internal static class ConfigMounts
{
    /// <summary>The container's key with the list of files.</summary>
    public const string Key = "config_files";

    /// <summary>The configuration without the key, and the volumes that replace the key.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="files">All configuration files of the node.</param>
    /// <param name="locate">Where a key of the configuration is written.</param>
    /// <param name="diagnostics">Receives an entry that no service writes.</param>
    public static (MapValue Config, ImmutableArray<string> Volumes) Of(
        string container, MapValue config, ImmutableArray<FileEntry> files, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        if (!config.TryGet(Key, out var value) || value is NullValue)
            return (config, []);
        var volumes = ImmutableArray.CreateBuilder<string>();
        foreach (var item in value is ListValue list ? list.Items : [value])
        {
            // A condition of a template has omitted the entry.
            if (item is NullValue)
                continue;
            if (item is not StringValue { Text: var entry } || entry.IndexOf('/') is not (> 0 and var cut))
            {
                diagnostics.Error(locate([Key]), "PLAN030", $"Container '{container}': {item} names no configuration file.", "Write volume/path, e.g. keystone/etc/keystone/keystone.conf.");
                continue;
            }

            var source = $"{Planner.ConfigData}/{entry.TrimEnd('/')}";
            if (!files.Any(file => file.Path == source || file.Path.StartsWith(source + "/", StringComparison.Ordinal)))
            {
                var known = files.Where(file => file.Path.StartsWith(Planner.ConfigData + "/", StringComparison.Ordinal)).Select(file => file.Path[(Planner.ConfigData.Length + 1)..]);
                diagnostics.Error(
                    locate([Key]), "PLAN031", $"Container '{container}': no service writes the configuration file {entry}.",
                    NearestName.Of(entry, known) is { } nearest ? $"Did you mean {nearest}?" : "Add it to a service's config_files, or leave it out here.");
                continue;
            }

            volumes.Add($"{source}:{entry[cut..].TrimEnd('/')}:ro");
        }

        return (new MapValue(config.Entries.Where(entry => entry.Key != Key)), volumes.ToImmutable());
    }
}
