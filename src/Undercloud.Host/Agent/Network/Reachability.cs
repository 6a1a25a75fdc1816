using System.Collections.Immutable;
using System.Net;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>How well an address is reached.</summary>
internal enum Reach
{
    Lost,

    /// <summary>The address, or the router on the way to it, answers for its hardware address.</summary>
    Neighbour,

    /// <summary>The address itself answers.</summary>
    Answers,
}

/// <summary>An address that the node should reach.</summary>
/// <param name="Address">The address.</param>
/// <param name="What">Its role, for a message.</param>
/// <param name="Reach">How well it was reached.</param>
internal sealed record Target(IPAddress Address, string What, Reach Reach);

/// <summary>Finds which peers the node reaches: its routers, the clients of SSH sessions, its nameservers.</summary>
internal sealed class Reachability(NodeLayout layout, IProcessRunner processes, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>All peers that are reached now.</summary>
    public async Task<ImmutableArray<Target>> NowAsync(CancellationToken stop)
    {
        var asked = await Task.WhenAll((await TargetsAsync(stop)).DistinctBy(target => target.Address).Select(async target => target with { Reach = await AskAsync(target.Address, stop) }));
        return [.. asked.Where(target => target.Reach != Reach.Lost)];
    }

    /// <summary>The peers that are reached less well than before. It repeats the check for a while: a bridge has to learn where hosts are.</summary>
    public async Task<ImmutableArray<Target>> LostAsync(ImmutableArray<Target> before, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var now = await Task.WhenAll(before.Select(async target => (target, reach: await AskAsync(target.Address, stop))));
            ImmutableArray<Target> lost = [.. now.Where(pair => pair.reach < pair.target.Reach).Select(pair => pair.target)];
            if (lost.IsEmpty || time.GetElapsedTime(started) >= s_patience)
                return lost;
            await Task.Delay(s_pause, time, stop);
        }
    }

    private async Task<IEnumerable<Target>> TargetsAsync(CancellationToken stop)
    {
        var routers = (await RoutersAsync("-4", stop)).Concat(await RoutersAsync("-6", stop)).Select(address => new Target(address, "the default route's router", Reach.Lost));
        var sessions = (await SshServer.SessionsAsync(processes, stop)).Select(session => new Target(session.Peer, "who is connected by SSH", Reach.Lost));
        return [.. routers, .. sessions, .. Nameservers().Take(3).Select(address => new Target(address, "a nameserver", Reach.Lost))];
    }

    private async Task<ImmutableArray<IPAddress>> RoutersAsync(string family, CancellationToken stop)
    {
        var routes = await RoutesAsync([family, "route", "show", "default"], stop);
        return [.. routes.Select(route => route.Gateway).OfType<string>().Select(text => IPAddress.TryParse(text, out var address) ? address : null).OfType<IPAddress>().Where(address => !address.IsIPv6LinkLocal)];
    }

    private IEnumerable<IPAddress> Nameservers() =>
        from line in ResolverPart.Text(layout.ResolverFile)?.Split('\n') ?? []
        let words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        where words is ["nameserver", _, ..]
        let address = IPAddress.TryParse(words[1], out var parsed) ? parsed : null
        where address is not null && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal
        select address;

    private async Task<Reach> AskAsync(IPAddress address, CancellationToken stop)
    {
        var route = (await RoutesAsync(["route", "get", $"{address}"], stop)).FirstOrDefault();

        // An address that became the node's own would answer, but it is not the peer.
        if (route?.Dev is null || route.Type == "local")
            return Reach.Lost;
        var ping = await processes.RunAsync(Command("ping", "-n", "-c", "1", "-W", "1", $"{address}"), stop);
        if (ping.Succeeded)
            return Reach.Answers;
        var neighbours = await processes.RunAsync(Command("ip", "-j", "neigh", "show", "to", route.Gateway ?? $"{address}", "dev", route.Dev), stop);
        return neighbours.Succeeded && neighbours.Output.Contains("\"REACHABLE\"", StringComparison.Ordinal) ? Reach.Neighbour : Reach.Lost;
    }

    private async Task<IpRoute[]> RoutesAsync(string[] arguments, CancellationToken stop)
    {
        var result = await processes.RunAsync(Command("ip", ["-j", .. arguments]), stop);
        try
        {
            return IpRoute.Of(result);
        }
        catch (HostCommandException)
        {
            return [];
        }
    }

    private static CommandLine Command(string program, params string[] arguments) => CommandLine.Of(program, arguments) with { Timeout = TimeSpan.FromSeconds(5) };
}
