using System.Globalization;

namespace Undercloud.Host.Containers;

/// <summary>The servers that a container runs in network namespaces other than the host's, such as the dnsmasq of Neutron's DHCP agent.</summary>
/// <param name="paths">Where the kernel shows processes and control groups.</param>
internal sealed class NamespaceServers(ContainerPaths paths)
{
    /// <summary>The processes of a container that are in another network namespace than this program.</summary>
    /// <param name="container">The container's id, which the names of its control groups contain.</param>
    /// <returns>Process ids of the host.</returns>
    public IReadOnlyList<int> Of(string container)
    {
        var own = NetworkOf(Path.Combine(paths.ProcessDirectory, "self"));
        return
        [
            .. Directory.EnumerateDirectories(paths.ProcessDirectory)
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
    public void Leave(string container, IEnumerable<int> processes)
    {
        foreach (var process in processes.Select(id => id.ToString(CultureInfo.InvariantCulture)))
        {
            try
            {
                // number:controllers:path
                foreach (var fields in File.ReadAllLines(Path.Combine(paths.ProcessDirectory, process, "cgroup")).Select(line => line.Split(':', 3)).Where(fields => fields is [_, { Length: > 0 }, var path] && path.Contains($"libpod-{container}", StringComparison.Ordinal)))
                    File.WriteAllText(Path.Combine(paths.ControlGroupDirectory, fields[1].Replace("name=", "", StringComparison.Ordinal), "cgroup.procs"), process);
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
