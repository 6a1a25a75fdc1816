using System.Globalization;

namespace Undercloud.Host.Containers;

/// <summary>Finds the servers that a container runs in network namespaces other than the host's, such as the dnsmasq of Neutron's DHCP agent.</summary>
internal static class NamespaceServers
{
    /// <summary>The processes of a container that are in another network namespace than this program.</summary>
    /// <param name="container">The container's id, which the names of its control groups contain.</param>
    /// <param name="proc">The directory of the kernel's process information.</param>
    /// <returns>Process ids of the host.</returns>
    public static IReadOnlyList<int> Of(string container, string proc = "/proc")
    {
        var own = NetworkOf(Path.Combine(proc, "self"));
        return
        [
            .. Directory.EnumerateDirectories(proc)
                .Where(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _) && IsOf(path, container) && NetworkOf(path) is { } network && network != own)
                .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Order(),
        ];
    }

    /// <summary>
    /// Takes processes out of the control groups of their container that systemd left them in: of version 1 it moves them only in its own hierarchies, and the container
    /// runtime ends what is in another one. Nothing on a host with version 2.
    /// </summary>
    /// <param name="container">The container's id.</param>
    /// <param name="processes">Process ids of the host.</param>
    /// <param name="proc">The directory of the kernel's process information.</param>
    /// <param name="groups">The directory of the control groups.</param>
    public static void Leave(string container, IEnumerable<int> processes, string proc = "/proc", string groups = "/sys/fs/cgroup")
    {
        foreach (var process in processes.Select(id => id.ToString(CultureInfo.InvariantCulture)))
        {
            try
            {
                // number:controllers:path
                foreach (var fields in File.ReadAllLines(Path.Combine(proc, process, "cgroup")).Select(line => line.Split(':', 3)).Where(fields => fields is [_, { Length: > 0 }, var path] && path.Contains($"libpod-{container}", StringComparison.Ordinal)))
                    File.WriteAllText(Path.Combine(groups, fields[1].Replace("name=", "", StringComparison.Ordinal), "cgroup.procs"), process);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has ended meanwhile, or stays in the group and ends with the container: the service starts it again.
            }
        }
    }

    private static bool IsOf(string path, string container)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "cgroup")).Contains($"libpod-{container}", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile.
            return false;
        }
    }

    private static string? NetworkOf(string path)
    {
        try
        {
            return new FileInfo(Path.Combine(path, "ns", "net")).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
