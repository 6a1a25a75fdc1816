using System.Collections.Immutable;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>A route in the kernel's main table.</summary>
/// <param name="Destination">A network, an address, or default.</param>
/// <param name="Via">The router; null for a directly connected network.</param>
/// <param name="Device">The interface.</param>
/// <param name="IsIPv6">The address family, which "default" does not tell.</param>
internal sealed record RouteState(string Destination, string? Via, string? Device, bool IsIPv6);

/// <summary>Static routes on owned interfaces; foreign routes stay.</summary>
internal sealed class RoutePart(IProcessRunner processes)
{
    private const string Default = "default";

    /// <summary>The existing routes; empty when none is wanted or owned.</summary>
    public async Task<ImmutableArray<RouteState>> ReadAsync(AgentPlan plan, NetworkManifest wanted, CancellationToken stop)
    {
        if (wanted.Interfaces.All(entry => entry.Routes.Count == 0) && plan.Before.Links.Values.All(link => link.Routes.IsEmpty))
            return [];
        return [.. await ReadAsync("-4", stop), .. await ReadAsync("-6", stop)];
    }

    /// <summary>Plans the missing routes of an interface.</summary>
    public void Apply(AgentPlan plan, InterfaceEntry entry, ImmutableArray<RouteState> routes)
    {
        var owned = plan.Owned.Links.GetValueOrDefault(entry.Name) ?? new(WasDown: false, null, []);
        var before = plan.Before.Links.Values.SelectMany(link => link.Routes).ToHashSet();
        foreach (var wanted in entry.Routes)
        {
            if (Of(wanted) is not { } route)
            {
                plan.Refusals.Add($"'{wanted.Destination}' via '{wanted.Via}' is no route: give a network and a router's address of the same family.");
                continue;
            }

            var same = routes.Where(there => there.Destination == route.Destination && there.IsIPv6 == route.IsIPv6).ToList();
            if (same.Any(there => there.Via == route.Via && there.Device == entry.Name))
                continue;
            if (same.FirstOrDefault(there => !before.Contains(Text(there))) is { } foreign)
            {
                plan.Refusals.Add($"{Named(route)} goes {Way(foreign)} on this node, but it is wanted via {route.Via} on {entry.Name}. "
                    + $"Remove that route (ip route del {Text(foreign)}), or remove it from host_routes.");
                continue;
            }

            owned = owned with { Routes = owned.Routes.Add(Text(route)) };
            Change(plan, new("route", route.Destination, same.Count == 0 ? "create" : "update", $"via {route.Via} on {entry.Name}"), route.IsIPv6, ["replace", .. Words(route), "dev", entry.Name]);
        }

        if (!owned.Routes.IsEmpty)
            plan.Owned = plan.Owned with { Links = plan.Owned.Links.SetItem(entry.Name, owned) };
    }

    /// <summary>Plans the removal of an interface's owned routes that are no longer wanted; returns those that stay.</summary>
    public ImmutableSortedSet<string> Prune(AgentPlan plan, string name, OwnedLink owned, InterfaceEntry? wanted, ImmutableArray<RouteState> routes)
    {
        var stays = owned.Routes.Intersect((wanted?.Routes ?? []).Select(Of).OfType<RouteState>().Select(Text));
        foreach (var route in routes.Where(there => there.Device == name && owned.Routes.Contains(Text(there)) && !stays.Contains(Text(there))))
            Change(plan, new("route", route.Destination, "remove", Way(route)), route.IsIPv6, ["del", .. Words(route), "dev", name]);
        return stays;
    }

    // A failure counts as no routes: on a kernel without IPv6 the command for that family fails.
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

    private static string Way(RouteState route) => route.Via is null ? $"directly to {route.Device}" : $"via {route.Via} on {route.Device}";

    private static string Text(RouteState route) => string.Join(' ', Words(route));

    private static string[] Words(RouteState route) => route.Via is null ? [route.Destination] : [route.Destination, "via", route.Via];

    private void Change(AgentPlan plan, NodeChange change, bool isIPv6, string[] arguments) => plan.Add(change, async stop =>
        (await processes.RunAsync(CommandLine.Of("ip", [isIPv6 ? "-6" : "-4", "route", .. arguments]) with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow());
}
