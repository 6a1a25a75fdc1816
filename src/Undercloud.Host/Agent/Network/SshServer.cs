using System.Collections.Immutable;
using System.Net;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>The host's SSH server, through which the operator is probably connected.</summary>
public static class SshServer
{
    private const int Default = 22;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>The ports in its configuration and those at which it listens; 22 without a server.</summary>
    public static async Task<ImmutableArray<int>> PortsAsync(IProcessRunner runner, CancellationToken stop)
    {
        var configured = await runner.RunAsync(CommandLine.Of("sshd", "-T") with { Timeout = s_limit }, stop);
        var listening = await runner.RunAsync(CommandLine.Of("ss", "-Hltnp") with { Timeout = s_limit }, stop);
        SortedSet<int> ports =
        [
            .. Lines(configured).Where(line => line.StartsWith("port ", StringComparison.Ordinal)).Select(line => PortOf(":" + line[5..].Trim())).OfType<int>(),
            .. Lines(listening).Where(IsSshd).Select(line => PortOf(Words(line).ElementAtOrDefault(3))).OfType<int>(),
        ];
        return ports.Count > 0 ? [.. ports] : [Default];
    }

    /// <summary>Its sessions: the host's address and the client's.</summary>
    public static async Task<ImmutableArray<(IPAddress Local, IPAddress Peer)>> SessionsAsync(IProcessRunner runner, CancellationToken stop)
    {
        var established = await runner.RunAsync(CommandLine.Of("ss", "-Htnp", "state", "established") with { Timeout = s_limit }, stop);
        return
        [
            .. from line in Lines(established)
               where IsSshd(line)
               let words = Words(line)
               where words.Length >= 4
               let local = AddressOf(words[2])
               let peer = AddressOf(words[3])
               where local is not null && peer is not null && !IPAddress.IsLoopback(peer)
               select (local, peer),
        ];
    }

    private static string[] Lines(ProcessResult result) => result.Succeeded ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSshd(string line) => line.Contains("\"sshd", StringComparison.Ordinal);

    // 10.0.0.2:22, [2001:db8::1]:22, [::ffff:10.0.0.2]:22, *:22, 0.0.0.0%eth0:22.
    private static int? PortOf(string? end) => end is not null && int.TryParse(end[(end.LastIndexOf(':') + 1)..], out var port) && port is > 0 and <= 65535 ? port : null;

    private static IPAddress? AddressOf(string end)
    {
        if (end.LastIndexOf(':') is not (> 0 and var colon) || !IPAddress.TryParse(end[..colon].Trim('[', ']').Split('%')[0], out var address))
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
