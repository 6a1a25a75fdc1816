using System.Text.Json.Nodes;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.OpenStack;

/// <summary>Addresses in Neutron's spelling, for comparison.</summary>
internal static class NeutronText
{
    public static string Address(string text) => AddressWithPrefix.TryParseAddress(text, out var address) ? $"{address}" : text;

    public static string Network(string text) => AddressWithPrefix.TryParse(text, out var network) ? network.Network : text;

    public static string Pools(IEnumerable<AddressPool> pools) => Joined(pools.Select(pool => $"{Address(pool.Start)}-{Address(pool.End)}"));

    public static string Routes(IEnumerable<HostRoute> routes) => Joined(routes.Select(route => $"{Network(route.Destination)} via {Address(route.Nexthop)}"));

    /// <summary>DNS servers. Their order matters.</summary>
    public static string Servers(IEnumerable<string> servers) => string.Join(", ", servers.Select(Address));

    public static IEnumerable<AddressPool> Pools(JsonNode? list) => Objects(list).Select(pool => new AddressPool(Text(pool, "start"), Text(pool, "end")));

    public static IEnumerable<HostRoute> Routes(JsonNode? list) =>
        Objects(list).Select(route => new HostRoute(Text(route, "destination"), Text(route, "nexthop")));

    public static IEnumerable<string> Servers(JsonNode? list) => (list as JsonArray ?? []).Select(server => $"{server}");

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    private static string Joined(IEnumerable<string> texts) => string.Join(", ", texts.Distinct().Order(StringComparer.Ordinal));
}
