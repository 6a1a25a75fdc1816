using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that routes lead through a neighbour in the subnet to a network of its family.</summary>
internal static class RouteCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            if (subnet is not { Network: { } network, RoutesSetting.Location: { } place })
                continue;
            foreach (var route in subnet.Routes)
                Check(subnet, network, route, place, diagnostics);
        }
    }

    private static void Check(
        CheckedSubnet subnet, AddressWithPrefix network, CheckedRoute route, SourceSpan place, DiagnosticBag diagnostics)
    {
        var (destination, hop) = (route.Destination, route.NextHop);
        var of = $"of [{subnet.Name}], the {Family.Of(network.Address)} network {network.Network}";
        if (destination.IsIPv6 != network.IsIPv6)
            diagnostics.Error(place, ConfigCodes.Family,
                $"The destination {destination} in host_routes is {Family.Of(destination.Address)}, unlike the addresses {of}.",
                $"Write an {Family.Of(network.Address)} network.");
        else if (!destination.Address.Equals(destination.Range.FirstAddress))
            diagnostics.Warning(place, ConfigCodes.HostBits,
                $"The destination {destination} in host_routes of [{subnet.Name}] is an address in the network {destination.Network}.",
                $"Write destination: {destination.Network}.");
        if (hop.AddressFamily != network.Address.AddressFamily)
            diagnostics.Error(place, ConfigCodes.Family,
                $"The nexthop {hop} in host_routes is {Family.Of(hop)}, unlike the addresses {of}.",
                $"Write a router's {Family.Of(network.Address)} address.");
        else if (!network.IsInNetwork(hop))
            diagnostics.Error(place, ConfigCodes.OutsideSubnet,
                $"The nexthop {hop} in host_routes is not in the network {network.Network} of [{subnet.Name}], so no node reaches it.",
                subnet.Gateway is { } gateway && network.IsInNetwork(gateway)
                    ? $"Write a router that is in the network, e.g. {gateway}."
                    : "Write a router that is in the network.");
        else if (network.IsReserved(hop))
            diagnostics.Error(place, ConfigCodes.ReservedAddress,
                $"The nexthop {hop} in host_routes is the first or the last address of the network {network.Network} of [{subnet.Name}].",
                "Write a router's address.");
    }
}
