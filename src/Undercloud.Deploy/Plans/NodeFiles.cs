using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The files and directories of all services of a node.</summary>
internal static class NodeFiles
{
    // Directories below these belong to the tool alone, and are created with every parent.
    private static readonly string[] s_roots = [Planner.ConfigData, "/var/lib/tripleo-config", "/var/log/containers"];

    // Containers' standard output and standard error, one file each.
    private const string Stdouts = "/var/log/containers/stdouts";

    /// <summary>Every configuration file with its text and its path on the node.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="peers">The other nodes: their databases are on this node where this node has the database server, their public endpoints where it has HAProxy.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ImmutableArray<FileEntry> Of(ImmutableArray<ServiceData> services, ImmutableArray<PeerNode> peers, DiagnosticBag diagnostics)
    {
        ImmutableArray<ServiceData> all = [.. services, .. peers.SelectMany(peer => peer.Services)];
        ImmutableArray<Database> databases = [.. all.SelectMany(s => s.Databases).DistinctBy(d => d.Name).OrderBy(d => d.Name, StringComparer.Ordinal)];
        return
        [
            .. services
                .SelectMany(service => service.Files.Select(file => (service, file: NodeFirewall.Filled(PublicEndpoints.Served(file, all), services, peers, diagnostics))))
                .GroupBy(pair => PathOnNode(pair.file), StringComparer.Ordinal)
                .Select(group => Merged(group.Key, [.. group], diagnostics))
                .Select(file => new FileEntry(PathOnNode(file), Id(file.Owner), Id(file.Group), file.Mode, ConfigRenderer.Render(file, databases))),
        ];
    }

    /// <summary>The state directories, and every directory of the tool that a file needs.</summary>
    public static IEnumerable<DirectoryEntry> Directories(ImmutableArray<ServiceData> services, ImmutableArray<FileEntry> files)
    {
        var entries = new Dictionary<string, DirectoryEntry>(StringComparer.Ordinal);
        foreach (var directory in services.SelectMany(s => s.StateDirectories))
            entries[directory.Path] = new(directory.Path, Id(directory.Owner), Id(directory.Group), directory.Mode, State: true);
        if (services.Any(service => !service.Containers.IsEmpty))
            entries[Stdouts] = new(Stdouts, 0, 0, "0750", State: true);
        foreach (var certificate in services.SelectMany(s => s.Certificates))
        {
            var holder = Path.GetDirectoryName(certificate.Path)!;
            entries[holder] = new(holder, certificate.Uid, certificate.Gid, "0750");
            entries[certificate.Authority] = new(certificate.Authority, 0, 0, "0700", State: true);
        }

        foreach (var file in services.SelectMany(s => s.Files).Where(f => f.DirectoryMode is not null))
        {
            var path = Path.GetDirectoryName(PathOnNode(file))!;
            entries[path] = new(path, Id(file.Owner), Id(file.Group), file.DirectoryMode!);
        }

        foreach (var path in files.Select(f => f.Path).Concat(entries.Keys.ToList()))
        {
            for (var parent = Path.GetDirectoryName(path)!; s_roots.Any(root => parent == root || parent.StartsWith(root + "/", StringComparison.Ordinal)); parent = Path.GetDirectoryName(parent)!)
                entries.TryAdd(parent, new(parent, 0, 0, "0755"));
        }

        return entries.Values;
    }

    private static ConfigFile Merged(string path, ImmutableArray<(ServiceData Service, ConfigFile File)> parts, DiagnosticBag diagnostics)
    {
        var first = parts[0].File;
        if (ConfigOverrides.Reach(first) && parts.All(part => part.File.Format == first.Format && part.File.Content is MapValue))
        {
            // The overrides apply to every part before the parts are merged: an override also settles a conflict between services.
            var options = Overrides(path, parts, diagnostics);
            parts = [.. parts.Select(part => part with { File = part.File with { Content = ConfigOverrides.Apply(first.Format, (MapValue)part.File.Content, options) } })];
            first = parts[0].File;
        }

        if (first.Format == ConfigFormat.Ini && parts.All(p => p.File.Content is MapValue))
            return first with { Content = ConfigRenderer.MergeIni(path, parts.Select(p => (p.Service.Name, (MapValue)p.File.Content)), diagnostics) };

        if (first.Format == ConfigFormat.Ini)
            diagnostics.Error(null, "PLAN004", $"{path}: ini content is no map of sections.", "Write it as section, then option, then value.");
        if (parts.Length > 1 && parts.Any(p => !p.File.Content.Equals(first.Content)))
        {
            diagnostics.Error(
                null,
                "PLAN003",
                $"{path} is written by {string.Join(" and ", parts.Select(p => p.Service.Name))}, with different content.",
                "Only ini files can be merged; let one service write it.");
        }

        return first.Format == ConfigFormat.Ini ? first with { Content = MapValue.Empty } : first;
    }

    // The overrides of a file from its services; two parameters that set one option differently are an error.
    private static MapValue Overrides(string path, ImmutableArray<(ServiceData Service, ConfigFile File)> parts, DiagnosticBag diagnostics)
    {
        var given = parts.Where(part => part.Service.ConfigOverrides.Count > 0)
            .DistinctBy(part => part.Service.ConfigOverrides)
            .Select(part => (part.Service.Name, Options: ConfigOverrides.For(part.File, part.Service.ConfigOverrides)))
            .Where(part => part.Options.Count > 0 && ConfigOverrides.ProblemOf(parts[0].File.Format, part.Options) is null)
            .ToList();
        return given.Count <= 1 || parts[0].File.Format != ConfigFormat.Ini
            ? given.Select(part => part.Options).FirstOrDefault() ?? MapValue.Empty
            : ConfigRenderer.MergeIni(path, given.Select(part => ($"the overrides of {part.Name}", part.Options)), diagnostics);
    }

    internal static string PathOnNode(ConfigFile file) => file.Volume is null ? file.Path : $"{Planner.ConfigData}/{file.Volume}{file.Path}";

    // Unknown names were reported when the role data was read.
    private static int Id(string name) => ServiceUser.IdOf(name) ?? 0;
}
