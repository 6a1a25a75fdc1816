using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A route of host_routes.</summary>
internal sealed record CheckedRoute(AddressWithPrefix Destination, IPAddress NextHop)
{
    public static CheckedRoute? Of(MapValue route) =>
        route["destination"] is StringValue destination && AddressWithPrefix.TryParse(destination.Text, out var network)
            && route["nexthop"] is StringValue hop && AddressWithPrefix.TryParseAddress(hop.Text, out var address)
            ? new(network, address)
            : null;
}
