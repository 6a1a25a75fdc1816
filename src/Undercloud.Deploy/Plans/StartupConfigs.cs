using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The start-up configurations of a step, completed with what decides about a replacement: image id and hash of the mounted files.</summary>
internal static class StartupConfigs
{
    public static MapValue Of(
        int step,
        ImmutableArray<ServiceData> services,
        ImmutableArray<FileEntry> files,
        PlanInputs inputs,
        DiagnosticBag diagnostics)
    {
        var containers = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            foreach (var (name, value) in service.Containers.GetValueOrDefault(step, MapValue.Empty).Entries)
            {
                // A template says so where a release has no such container.
                if (value is NullValue)
                    continue;
                if (value is not MapValue config)
                    diagnostics.Error(null, "PLAN005", $"{service.Name}: container {name} is a {value.TypeName}.", "A start-up configuration is a map.");
                else if (!containers.TryAdd(name, Complete(config, files, inputs)))
                    diagnostics.Error(null, "PLAN006", $"Two services have a container {name} in step {step}; {service.Name} is the second.", "Names of containers are unique.");
            }
        }

        return new MapValue(containers);
    }

    private static MapValue Complete(MapValue config, ImmutableArray<FileEntry> files, PlanInputs inputs)
    {
        if (!inputs.HealthChecks)
            config = new MapValue(config.Entries.Where(entry => entry.Key != "healthcheck"));
        if (config["image"] is StringValue image && inputs.ImageIds.TryGetValue(image.Text, out var id))
            config = config.With("image_id", id);
        var mounted = Mounted(config, files).ToList();
        return mounted.Count == 0 ? config : config.With("config_hash", Hash(mounted));
    }

    private static IEnumerable<FileEntry> Mounted(MapValue config, ImmutableArray<FileEntry> files)
    {
        var sources = (config["volumes"] as ListValue ?? ListValue.Empty).Items.OfType<StringValue>().Select(v => v.Text.Split(':')[0].TrimEnd('/')).ToList();
        return files
            .Where(file => sources.Any(source => file.Path == source || file.Path.StartsWith(source + "/", StringComparison.Ordinal)))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
    }

    private static string Hash(IEnumerable<FileEntry> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{file.Uid}\0{file.Gid}\0{file.Mode}\0{file.Content.Length}\0{file.Content}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
