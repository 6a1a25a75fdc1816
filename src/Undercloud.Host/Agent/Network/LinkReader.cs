using System.Collections.Immutable;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>Reads the node's interfaces from the kernel, and through which of them the node is reached.</summary>
internal sealed class LinkReader(IProcessRunner processes, TimeProvider time)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    /// <summary>The interfaces through which the node is reached.</summary>
    public async Task<NeededLinks> NeededAsync(ImmutableArray<LinkState> links, CancellationToken stop) =>
        new(await DefaultRoutesAsync(stop), await SessionLinksAsync(links, stop));

    /// <summary>The existing interfaces; waits for the needed ones.</summary>
    public async Task<ImmutableArray<LinkState>> LinksAsync(ImmutableArray<string> needed, TimeSpan wait, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var links = LinkState.Of(await IpAsync(["-j", "address", "show"], stop));
            if (needed.All(name => links.Any(link => link.Name == name)) || time.GetElapsedTime(started) >= wait)
                return links;
            await Task.Delay(s_poll, time, stop);
        }
    }

    // IPv6 default routes count only without an IPv4 one: routers announce them on every interface.
    private async Task<ImmutableArray<string>> DefaultRoutesAsync(CancellationToken stop)
    {
        var routes = LinkState.DefaultRoutes(await IpAsync(["-j", "-4", "route", "show", "default"], stop));
        if (!routes.IsEmpty)
            return routes;

        // On a kernel without IPv6 the command fails: then there is no such route.
        var result = await IpAsync(["-j", "-6", "route", "show", "default"], stop);
        return result.Succeeded ? LinkState.DefaultRoutes(result) : [];
    }

    // The interfaces of SSH sessions, the operator's own among them.
    private async Task<ImmutableArray<string>> SessionLinksAsync(ImmutableArray<LinkState> links, CancellationToken stop)
    {
        var sessions = await SshServer.SessionsAsync(processes, stop);
        return [.. links.Where(link => link.Addresses.Any(address => sessions.Any(session => $"{session.Local}" == address.Split('/')[0]))).Select(link => link.Name)];
    }

    private Task<ProcessResult> IpAsync(string[] arguments, CancellationToken stop) =>
        processes.RunAsync(CommandLine.Of("ip", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop);
}
