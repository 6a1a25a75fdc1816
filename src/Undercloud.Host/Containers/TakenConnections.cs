using System.Globalization;
using System.Net;

namespace Undercloud.Host.Containers;

/// <summary>Counts the TCP connections of this host that services have accepted, in the kernel's tables.</summary>
internal static class TakenConnections
{
    private const string Established = "01";
    private static readonly string[] s_tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The number of established connections to the ports of some addresses that a process has accepted.</summary>
    /// <param name="addresses"><c>ADDRESS:PORT</c>, an IPv6 address in brackets.</param>
    public static int Count(IReadOnlyCollection<string> addresses)
    {
        var ports = addresses.Select(address => IPEndPoint.Parse(address).Port).ToHashSet();
        return ports.Count == 0 ? 0 : s_tables.Where(File.Exists).Sum(table => Count(File.ReadLines(table), ports));
    }

    /// <summary>The same in the lines of a table.</summary>
    /// <param name="table">The lines of /proc/net/tcp or /proc/net/tcp6: number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode.</param>
    /// <param name="ports">The local ports.</param>
    public static int Count(IEnumerable<string> table, IReadOnlySet<int> ports) => table
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(fields => fields.Length > 9 && fields[3] == Established

            // A connection that still waits to be accepted has no inode.
            && fields[9] != "0"
            && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) && ports.Contains(port));
}
