using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// The containers of a step, typed: this class alone interprets start-up configurations. Each container gets its image's id and a hash of the
/// configuration files that are mounted into it; both decide whether the container is replaced.
/// </summary>
internal static class StartupConfigs
{
    /// <summary>The containers of all services in a step, by name. An error in one is reported at its place in the template.</summary>
    public static ImmutableArray<ContainerSpec> Of(
        int step,
        ImmutableArray<ServiceData> services,
        ImmutableArray<FileEntry> files,
        PlanInputs inputs,
        DiagnosticBag diagnostics)
    {
        var containers = new SortedDictionary<string, ContainerSpec?>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            foreach (var (name, value) in service.Containers.GetValueOrDefault(step, MapValue.Empty).Entries)
            {
                // A template sets null where a release has no such container.
                if (value is NullValue)
                    continue;
                SourceSpan? Locate(string[] keys) => inputs.Locate(service.Name, [service.ContainersKey, $"step_{step}", name, .. keys]);
                if (value is not MapValue config)
                    diagnostics.Error(Locate([]), "PLAN005", $"{service.Name}: container {name} is a {value.TypeName}.", "A start-up configuration is a map.");
                else if (containers.ContainsKey(name))
                    diagnostics.Error(Locate([]), "PLAN006", $"Two services have a container {name} in step {step}; {service.Name} is the second.", "Names of containers are unique.");
                else if ((containers[name] = Read(name, PublicEndpoints.Listening(config, services), files, inputs, Locate, diagnostics)) is { } spec)
                    CheckDatabases(spec, services, Locate, diagnostics);
            }
        }

        return [.. containers.Values.OfType<ContainerSpec>()];
    }

    private static void CheckDatabases(ContainerSpec spec, ImmutableArray<ServiceData> services, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        var known = services.SelectMany(service => service.Databases).Select(database => database.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in spec.Databases.Where(name => !known.Contains(name)))
        {
            diagnostics.Error(
                locate(["databases"]), "PLAN033", $"Container '{spec.Name}' migrates the database {name}, which no service has.",
                NearestName.Of(name, known) is { } nearest ? $"Did you mean {nearest}?" : "Add it to the service's databases.");
        }
    }

    private static ContainerSpec? Read(
        string name, MapValue config, ImmutableArray<FileEntry> files, PlanInputs inputs, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        if (!inputs.HealthChecks)
            config = new MapValue(config.Entries.Where(entry => entry.Key != "healthcheck"));
        var (rest, mounts) = ConfigMounts.Of(name, config, files, locate, diagnostics);
        if (ContainerSpecReader.Read(name, rest, locate, diagnostics) is not { } spec)
            return null;
        spec = spec with { Volumes = [.. spec.Volumes.Concat(mounts).Distinct().Order(StringComparer.Ordinal)] };
        if (spec.Image is { } image && inputs.ImageIds.TryGetValue(image, out var id))
            spec = spec with { ImageId = id };
        SecretsInSight.Check(spec, inputs.Secrets, locate, diagnostics);
        var mounted = Mounted(spec, files).ToList();
        return mounted.Count == 0 ? spec : spec with { ConfigHash = Hash(mounted) };
    }

    private static IEnumerable<FileEntry> Mounted(ContainerSpec spec, ImmutableArray<FileEntry> files)
    {
        var sources = spec.Volumes.Select(volume => volume.Split(':')[0].TrimEnd('/')).ToList();
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
