using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Files;

/// <summary>Refuses to purge certain directories, whatever the ownership record says.</summary>
internal sealed class PurgeGuard(NodeLayout layout, FilesManifest wanted)
{
    // Directories that many programs share: to remove one would damage the system or delete other people's files.
    private static readonly ImmutableHashSet<string> s_never =
    [
        "/boot", "/dev", "/etc", "/etc/systemd", "/etc/systemd/system", "/home", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run",
        "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/libexec", "/usr/local", "/usr/share", "/var", "/var/cache", "/var/lib",
        "/var/lib/containers", "/var/log", "/var/opt", "/var/spool", "/var/tmp",
    ];

    /// <summary>Why the directory must not be purged; null when it may be.</summary>
    public string? Refusal(string path)
    {
        if (!path.StartsWith('/') || Path.GetFullPath(path) != path || path.Count(c => c == '/') < 2 || s_never.Contains(path))
            return $"{path} is not purged: it belongs to the system.";
        var inside = path + "/";
        if (Wanted().FirstOrDefault(entry => entry.StartsWith(inside, StringComparison.Ordinal)) is { } needed)
            return $"{path} is not purged: {needed} is still wanted.";
        if ($"{layout.StateDirectory}/".StartsWith(inside, StringComparison.Ordinal))
            return $"{path} is not purged: it holds the ownership record.";
        return Mounts().FirstOrDefault(mount => mount == path || mount.StartsWith(inside, StringComparison.Ordinal)) is { } mounted
            ? $"{path} is not purged: something is mounted at {mounted}. Unmount it first (umount {mounted})."
            : null;
    }

    private IEnumerable<string> Wanted() =>
        wanted.Directories.Select(entry => entry.Path)
            .Concat(wanted.Files.Select(entry => entry.Path))
            .Concat(wanted.Blocks.Select(entry => entry.Path));

    // proc(5): the fifth field of mountinfo is the mount point, with space, tab, line feed and backslash in octal.
    private IEnumerable<string> Mounts() =>
        File.ReadLines(layout.MountTable)
            .Select(line => line.Split(' ')[4])
            .Select(point => point.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\"));
}
