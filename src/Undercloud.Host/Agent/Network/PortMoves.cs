using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// Foreign addresses on an interface that becomes a port: they move to the bridge or bond, along with their routes, when the operator consented, or when
/// the wanted network has all of them there.
/// </summary>
internal sealed class PortMoves(IProcessRunner processes)
{
    /// <summary>The addresses on an interface that the tool does not own.</summary>
    public static IEnumerable<string> Foreign(OwnedState before, LinkState? link) =>
        (link?.Addresses ?? []).Where(address => !LinkState.IsLinkLocal(address) && before.Links.GetValueOrDefault(link!.Name)?.Addresses.Contains(address) != true);

    /// <summary>Whether the addresses of a port may move to the bridge.</summary>
    public static bool Consented(NetworkManifest wanted, string bridge, string port, ImmutableArray<LinkState> links, OwnedState before)
    {
        if (port == wanted.Consented)
            return true;
        var there = wanted.Interfaces.Where(entry => entry.Name == bridge).SelectMany(entry => entry.Addresses).ToHashSet();
        var foreign = Foreign(before, links.FirstOrDefault(link => link.Name == port)).ToList();
        return foreign.Count > 0 && foreign.All(there.Contains);
    }

    /// <summary>The bridge to which a port's addresses move; null when they do not move.</summary>
    public static string? To(NetworkManifest wanted, string? port, ImmutableArray<LinkState> links, OwnedState before) =>
        wanted.Bridges.FirstOrDefault(bridge => port is not null && bridge.Ports.Contains(port) && Consented(wanted, bridge.Name, port, links, before))?.Name;

    /// <summary>The interfaces after the moves.</summary>
    public static ImmutableArray<LinkState> Moved(NetworkManifest wanted, ImmutableArray<LinkState> links, OwnedState before)
    {
        foreach (var port in links)
        {
            if (To(wanted, port.Name, links, before) is not { } over)
                continue;
            ImmutableArray<string> moved = [.. Foreign(before, port)];
            links =
            [
                .. links.Select(link => link.Name == port.Name ? link with { Addresses = [.. link.Addresses.Except(moved)] }
                    : link.Name == over ? link with { Addresses = [.. link.Addresses.Union(moved)] } : link),
            ];
        }

        return links;
    }

    /// <summary>The routes after the moves.</summary>
    public static ImmutableArray<RouteState> Moved(NetworkManifest wanted, ImmutableArray<RouteState> routes, ImmutableArray<LinkState> links, OwnedState before) =>
        [.. routes.Select(route => To(wanted, route.Device, links, before) is { } over ? route with { Device = over } : route)];

    // The kernel removes the routes with the last address, so they are read first.
    public void Move(AgentPlan plan, string from, string to, IEnumerable<string> addresses)
    {
        ImmutableArray<string> moved = [.. addresses];
        if (moved.IsEmpty)
            return;
        plan.Add(new("address", string.Join(", ", moved), "update", $"from {from} to {to}, with its routes"), async stop =>
        {
            var routes = (await RoutesOfAsync(from, "-4", stop)).Concat(await RoutesOfAsync(from, "-6", stop)).ToList();
            await IpAsync(stop, "link", "set", to, "up");
            foreach (var address in moved)
            {
                await processes.RunAsync(CommandLine.Of("ip", "address", "del", address, "dev", from), stop);
                await IpAsync(stop, ["address", "replace", address, "dev", to, .. address.Contains(':') ? (string[])["nodad"] : ["broadcast", "+"]]);
            }

            foreach (var route in routes)
                await IpAsync(stop, [.. route.Select(word => word == from ? to : word)]);
        });
    }

    private async Task<IEnumerable<string[]>> RoutesOfAsync(string name, string family, CancellationToken stop)
    {
        var shown = await processes.RunAsync(CommandLine.Of("ip", family, "route", "show", "dev", name), stop);
        return shown.Output.Split('\n').Select(NetworkRestore.Replayable).OfType<string>()
            .OrderBy(line => line.Contains(" via ", StringComparison.Ordinal))
            .Select(line => (string[])[family, "route", "replace", .. line.Split(' '), "dev", name]).ToList();
    }

    private async Task IpAsync(CancellationToken stop, params string[] arguments) =>
        (await processes.RunAsync(CommandLine.Of("ip", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow();
}
