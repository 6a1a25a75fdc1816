using System.Collections.Immutable;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>Asks the kernel for the node's interfaces, and which of them it is reached by.</summary>
internal sealed class LinkReader(IProcessRunner processes, TimeProvider time)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Those of the interfaces that the node is reached by.</summary>
    public async Task<NeededLinks> NeededAsync(ImmutableArray<LinkState> links, CancellationToken stop) =>
        new(await DefaultRoutesAsync(stop), await SessionLinksAsync(links, stop));

    /// <summary>The interfaces there are; waits for those needed.</summary>
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

    // An IPv6 default route counts only where there is no IPv4 one: routers announce it on every interface that listens.
    private async Task<ImmutableArray<string>> DefaultRoutesAsync(CancellationToken stop)
    {
        var routes = LinkState.DefaultRoutes(await IpAsync(["-j", "-4", "route", "show", "default"], stop));
        if (!routes.IsEmpty)
            return routes;

        // A kernel without IPv6 fails here: then there is none.
        var result = await IpAsync(["-j", "-6", "route", "show", "default"], stop);
        return result.Succeeded ? LinkState.DefaultRoutes(result) : [];
    }

    // Where the operator's own connection comes in, or anybody's by SSH.
    private async Task<ImmutableArray<string>> SessionLinksAsync(ImmutableArray<LinkState> links, CancellationToken stop)
    {
        var sessions = await SshServer.SessionsAsync(processes, stop);
        return [.. links.Where(link => link.Addresses.Any(address => sessions.Any(session => $"{session.Local}" == address.Split('/')[0]))).Select(link => link.Name)];
    }

    private Task<ProcessResult> IpAsync(string[] arguments, CancellationToken stop) =>
        processes.RunAsync(CommandLine.Of("ip", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop);
}
