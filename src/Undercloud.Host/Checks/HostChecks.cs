using System.Collections.Immutable;
using System.Net;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Host.Checks;

/// <summary>
/// Preflight checks of a host. They cover the checks of python-tripleoclient's undercloud_preflight.py that ask the host, and the ports and addresses that
/// it does not check.
/// </summary>
public static class HostChecks
{
    /// <summary>All findings of the host.</summary>
    public static IEnumerable<Diagnostic> Find(HostState host, HostNeeds needs) =>
        [.. Interface(host, needs), .. Network(host, needs), .. Names(needs), .. Ports(host, needs), .. Room(host.Room, needs.Room), .. Memory(host, needs)];

    private static IEnumerable<Diagnostic> Interface(HostState host, HostNeeds needs)
    {
        if (needs.Interface is not { } name || host.Interfaces.Contains(name))
            yield break;
        var near = NearestName.Of(name, host.Interfaces) is { } nearest ? $" Did you mean {nearest}?" : "";
        yield return Error(
            HostCodes.NoInterface, $"This host has no interface {name}. It has: {string.Join(", ", host.Interfaces.Order(StringComparer.Ordinal))}.{near}",
            "Set local_interface in undercloud.conf to the interface that the nodes are on.");
    }

    // What `agent network apply` would refuse later, after the firewall was written and a generation made. A missing interface already has HOST001.
    private static IEnumerable<Diagnostic> Network(HostState host, HostNeeds needs)
    {
        var missing = needs.Interface is { } name && !host.Interfaces.Contains(name) ? $"There is no interface {name} " : null;
        foreach (var refusal in host.NetworkRefusals.Where(text => missing is null || !text.StartsWith(missing, StringComparison.Ordinal)).Distinct())
        {
            var end = refusal.IndexOf(". ", StringComparison.Ordinal);
            yield return Error(HostCodes.Network, end < 0 ? refusal : refusal[..(end + 1)], end < 0 ? "" : refusal[(end + 2)..]);
        }
    }

    private static IEnumerable<Diagnostic> Names(HostNeeds needs) => needs.UnknownHosts.Select(host => Error(
        HostCodes.UnknownHost, $"{host.Option}: the name {host.Name} does not resolve to an address.",
        "Add the name to the name server or to /etc/hosts of this host, or set an address."));

    private static IEnumerable<Diagnostic> Ports(HostState host, HostNeeds needs)
    {
        var taken = needs.Ports
            .SelectMany(port => host.Listeners.Where(listener => Meets(listener, port, needs)).Select(listener => (port, listener)))
            .GroupBy(pair => (pair.listener.Process, pair.listener.Port, pair.listener.Protocol));
        foreach (var group in taken)
        {
            var (process, port, protocol) = group.Key;
            var services = string.Join(" and ", group.Select(pair => pair.port.Service).Distinct());
            var where = string.Join(" and ", group.Select(pair => pair.listener.Address.ToString()).Distinct());
            yield return Error(
                HostCodes.PortTaken,
                $"{(process.Length > 0 ? process : "Something")} listens at {where} {protocol} port {port}, which is for {services}.",
                "Stop that process, let it listen at another port or address, or give the service another port.");
        }
    }

    private static bool Meets(Listener listener, PortEntry port, HostNeeds needs) =>
        listener.Port >= port.First && listener.Port <= port.Last && listener.Protocol == port.Protocol && (IsEverywhere(listener.Address) || needs.Addresses.Contains(listener.Address));

    private static bool IsEverywhere(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>One finding for each file system with less free space than is needed on it.</summary>
    public static IEnumerable<Diagnostic> Room(ImmutableArray<FileSystemRoom> fileSystems, ImmutableArray<NeededRoom> needs)
    {
        foreach (var group in needs.GroupBy(room => FileSystems.Of(fileSystems, room.Path)))
        {
            if (group.Key is not { } mount || group.Sum(room => room.Bytes) is var wanted && wanted <= mount.FreeBytes)
                continue;
            var what = string.Join("; ", group.Select(room => $"{MiB(room.Bytes)} for {room.What} in {room.Path}"));
            yield return Error(
                HostCodes.NoRoom, $"The file system at {mount.MountPoint} has {MiB(mount.FreeBytes)} free, and {MiB(wanted)} are needed: {what}.",
                "Free space there, or mount a larger file system at one of the paths.");
        }
    }

    private static IEnumerable<Diagnostic> Memory(HostState host, HostNeeds needs)
    {
        if (host.MemoryBytes > 0 && host.MemoryBytes < needs.MemoryBytes)
        {
            yield return Error(
                HostCodes.LittleMemory, $"This host has {MiB(host.MemoryBytes)} of memory and swap, and {MiB(needs.MemoryBytes)} are needed for the services and the host itself.",
                "Add memory or swap, or disable services in undercloud.conf (enable_swift, enable_nova, ...).");
        }
    }

    private static Diagnostic Error(string code, string message, string remedy) => new(Severity.Error, code, message, Remedy: remedy);

    private static string MiB(long bytes) => bytes is > 0 and < 1024 * 1024 ? $"{Math.Max(1, bytes / 1024)} KiB" : $"{bytes / (1024 * 1024)} MiB";
}
