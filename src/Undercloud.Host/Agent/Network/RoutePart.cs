using System.Collections.Immutable;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>A route of the kernel's main table.</summary>
/// <param name="Destination">A network, an address, or default.</param>
/// <param name="Via">The router; null for a network that is reached directly.</param>
/// <param name="Device">The interface.</param>
/// <param name="IsIPv6">Its family: "default" does not tell.</param>
internal sealed record RouteState(string Destination, string? Via, string? Device, bool IsIPv6);

/// <summary>Static routes on interfaces of ours; routes of others stay.</summary>
internal sealed class RoutePart(IProcessRunner processes)
{
    private const string Default = "default";

    /// <summary>The routes there are; none when nobody wants or has one.</summary>
    public async Task<ImmutableArray<RouteState>> ReadAsync(AgentPlan plan, NetworkManifest wanted, CancellationToken stop)
    {
        if (wanted.Interfaces.All(entry => entry.Routes.Count == 0) && plan.Before.Links.Values.All(link => link.Routes.IsEmpty))
            return [];
        return [.. await ReadAsync("-4", stop), .. await ReadAsync("-6", stop)];
    }

    /// <summary>Plans the routes that are missing on an interface.</summary>
    public void Apply(AgentPlan plan, InterfaceEntry entry, ImmutableArray<RouteState> routes)
    {
        var owned = plan.Owned.Links.GetValueOrDefault(entry.Name) ?? new(WasDown: false, null, []);
        var before = plan.Before.Links.Values.SelectMany(link => link.Routes).ToHashSet();
        foreach (var wanted in entry.Routes)
        {
            if (Of(wanted) is not { } route)
            {
                plan.Refusals.Add($"'{wanted.Destination}' by way of '{wanted.Via}' is no route: give a network and a router's address of the same family.");
                continue;
            }

            var same = routes.Where(there => there.Destination == route.Destination && there.IsIPv6 == route.IsIPv6).ToList();
            if (same.Any(there => there.Via == route.Via && there.Device == entry.Name))
                continue;
            if (same.FirstOrDefault(there => !before.Contains(Text(there))) is { } foreign)
            {
                plan.Refusals.Add($"{Named(route)} goes {Way(foreign)} on this node, and it is wanted by way of {route.Via} on {entry.Name}. "
                    + $"Take that route away (ip route del {Text(foreign)}), or leave it out of host_routes.");
                continue;
            }

            owned = owned with { Routes = owned.Routes.Add(Text(route)) };
            Change(plan, new("route", route.Destination, same.Count == 0 ? "create" : "update", $"by way of {route.Via} on {entry.Name}"), route.IsIPv6, ["replace", .. Words(route), "dev", entry.Name]);
        }

        if (!owned.Routes.IsEmpty)
            plan.Owned = plan.Owned with { Links = plan.Owned.Links.SetItem(entry.Name, owned) };
    }

    /// <summary>Plans the removal of an interface's routes that are ours and no longer wanted; the ones that stay come back.</summary>
    public ImmutableSortedSet<string> Prune(AgentPlan plan, string name, OwnedLink owned, InterfaceEntry? wanted, ImmutableArray<RouteState> routes)
    {
        var stays = owned.Routes.Intersect((wanted?.Routes ?? []).Select(Of).OfType<RouteState>().Select(Text));
        foreach (var route in routes.Where(there => there.Device == name && owned.Routes.Contains(Text(there)) && !stays.Contains(Text(there))))
            Change(plan, new("route", route.Destination, "remove", Way(route)), route.IsIPv6, ["del", .. Words(route), "dev", name]);
        return stays;
    }

    // What nobody has a route to in one family may be the other's: a kernel without IPv6 fails here.
    private async Task<ImmutableArray<RouteState>> ReadAsync(string family, CancellationToken stop)
    {
        var result = await processes.RunAsync(CommandLine.Of("ip", "-j", family, "route", "show") with { Timeout = TimeSpan.FromSeconds(20) }, stop);
        if (!result.Succeeded)
            return [];
        return
        [
            .. IpRoute.Of(result).Where(route => route.Dst is not null)
                .Select(route => new RouteState(Networks.Canonical(route.Dst!) ?? route.Dst!, route.Gateway, route.Dev, family == "-6")),
        ];
    }

    private static RouteState? Of(RouteEntry entry) =>
        Networks.Canonical(entry.Destination) is { } network && Networks.Canonical(entry.Via) is { } via && !via.Contains('/') && Networks.Family(network) == Networks.Family(via)
            ? new(network is "0.0.0.0/0" or "::/0" ? Default : network, via, null, via.Contains(':'))
            : null;

    private static string Named(RouteState route) => route.Destination == Default ? "The default route" : route.Destination;

    private static string Way(RouteState route) => route.Via is null ? $"directly to {route.Device}" : $"by way of {route.Via} on {route.Device}";

    private static string Text(RouteState route) => string.Join(' ', Words(route));

    private static string[] Words(RouteState route) => route.Via is null ? [route.Destination] : [route.Destination, "via", route.Via];

    private void Change(AgentPlan plan, NodeChange change, bool isIPv6, string[] arguments) => plan.Add(change, async stop =>
        (await processes.RunAsync(CommandLine.Of("ip", [isIPv6 ? "-6" : "-4", "route", .. arguments]) with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow());
}
