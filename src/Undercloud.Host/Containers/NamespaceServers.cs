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
