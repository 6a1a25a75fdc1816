using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Gathering;

/// <summary>What the planning needs to know about this host.</summary>
/// <param name="Hostname">Its name as it is, fully qualified when the host says so.</param>
/// <param name="IsContainer">Whether it is a container: it then has no clock of its own.</param>
/// <param name="SystemdRuns">Whether systemd is its PID 1.</param>
public sealed record HostFacts(string Hostname, bool IsContainer, bool SystemdRuns)
{
    /// <summary>Looks at this host.</summary>
    public static async Task<HostFacts> GatherAsync(IProcessRunner runner, CancellationToken stop)
    {
        var systemd = Directory.Exists("/run/systemd/system");
        var virtualisation = systemd ? await runner.RunAsync(CommandLine.Of("systemd-detect-virt", "--container"), stop) : null;
        var name = (await File.ReadAllTextAsync("/etc/hostname", stop)).Trim();
        return new(name.Length > 0 ? name : Dns.GetHostName(), virtualisation is { Succeeded: true }, systemd);
    }

    /// <summary>Who runs the tool: who called sudo, if it was called.</summary>
    public static string User() => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>The name of the host's time zone, which /etc/localtime is a link to.</summary>
    public static string TimeZone()
    {
        const string Zones = "/zoneinfo/";
        var target = new FileInfo("/etc/localtime").LinkTarget ?? "";
        var place = target.LastIndexOf(Zones, StringComparison.Ordinal);
        return place < 0 ? "UTC" : target[(place + Zones.Length)..];
    }

    /// <summary>The addresses of those hosts that are given by name and can be found, without the host's own loopback ones.</summary>
    public static async Task<ImmutableDictionary<string, ImmutableArray<IPAddress>>> AddressesAsync(
        IEnumerable<string> hosts, CancellationToken stop)
    {
        var found = ImmutableDictionary.CreateBuilder<string, ImmutableArray<IPAddress>>();
        foreach (var name in hosts.Where(host => !IPAddress.TryParse(host, out _)).Distinct())
            found[name] = [.. (await LookUpAsync(name, stop)).Where(address => !IPAddress.IsLoopback(address)).Distinct()];
        return found.ToImmutable();
    }

    private static async Task<IPAddress[]> LookUpAsync(string name, CancellationToken stop)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, stop);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
