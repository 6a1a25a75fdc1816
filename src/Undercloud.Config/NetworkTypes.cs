using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The types of options that hold addresses and networks.</summary>
public static class NetworkTypes
{
    private const string Destination = "destination";
    private const string NextHop = "nexthop";

    /// <summary>One address.</summary>
    public static OptionType Address { get; } = new("address", "an IPv4 or IPv6 address without prefix", ReadAddress);

    /// <summary>A network; an address in it stands for it too, as netaddr takes it.</summary>
    public static OptionType Network { get; } =
        new("network", "a network with its prefix length, from /1 to /31 in IPv4, /64 in IPv6, e.g. 192.168.24.0/24", ReadNetwork);

    /// <summary>The first and the last address, separated by a comma.</summary>
    public static OptionType AddressRange { get; } =
        new("range of addresses", "the first and the last address, separated by a comma, e.g. 192.168.24.100,192.168.24.120",
            text => ReadRange(text, ','));

    /// <summary>An address, or the first and the last one with a hyphen between.</summary>
    public static OptionType AddressOrRange { get; } =
        new("address or range", "an address, or a first and a last one like 192.168.24.80-192.168.24.90",
            text => text.Contains('-') ? ReadRange(text, '-') : ReadAddress(text));

    /// <summary>Routes as oslo.config reads a list of dictionaries with bounds.</summary>
    public static OptionType HostRoutes { get; } =
        new("list of routes", "a list like [{destination: 10.10.10.0/24, nexthop: 192.168.24.254}]", ReadRoutes) { Write = WriteRoutes };

    private static Reading ReadAddress(string text) =>
        AddressWithPrefix.TryParseAddress(text, out var address) ? Reading.Of(address.ToString())
        : AddressWithPrefix.TryParse(text, out _) ? Reading.Wrong("has a prefix length")
        : Reading.Wrong("is not an address");

    private static Reading ReadNetwork(string text)
    {
        if (!AddressWithPrefix.TryParse(text, out var network))
            return Reading.Wrong(AddressWithPrefix.TryParseAddress(text, out _) ? "has no prefix length" : "is not a network");
        if (network.IsIPv6 && network.PrefixLength != 64)
            return Reading.Wrong($"has the prefix length {network.PrefixLength}, where IPv6 takes 64 only");
        return network.PrefixLength is 0 or 32
            ? Reading.Wrong($"has the prefix length {network.PrefixLength}, which is no network of several hosts")
            : Reading.Of(network.ToString());
    }

    private static Reading ReadRange(string text, char separator)
    {
        var parts = text.Split(separator).Select(PythonText.Strip).ToImmutableArray();
        if (parts.Length != 2)
            return Reading.Wrong($"is not two addresses with '{separator}' between");
        var ends = new IPAddress[2];
        for (var i = 0; i < 2; i++)
        {
            if (!AddressWithPrefix.TryParseAddress(parts[i], out var address))
                return Reading.Wrong($"has {OneLine.Quote(parts[i])}, which is not an address");
            ends[i] = address;
        }

        if (ends[0].AddressFamily != ends[1].AddressFamily)
            return Reading.Wrong("has an IPv4 and an IPv6 address");
        return ends[0].GetAddressBytes().AsSpan().SequenceCompareTo(ends[1].GetAddressBytes()) > 0
            ? Reading.Wrong("begins after it ends")
            : Reading.Of($"{ends[0]}{separator}{ends[1]}");
    }

    // routes => '[' ( route ( ',' route )* )? ']'; nothing at all is the empty list, which oslo.config cannot write otherwise
    private static Reading ReadRoutes(string text)
    {
        var rest = PythonText.Strip(text);
        if (rest.Length == 0)
            return Reading.Of(ListValue.Empty);
        if (!rest.StartsWith('[') || !rest.EndsWith(']'))
            return Reading.Wrong("is not in brackets");
        rest = PythonText.Strip(rest[1..^1]);
        var routes = ImmutableArray.CreateBuilder<Value>();
        while (rest.Length > 0)
        {
            var end = rest.IndexOf('}');
            if (!rest.StartsWith('{') || end < 0)
                return Reading.Wrong("has an item that is not in braces");
            var (route, problem) = ReadRoute(rest[1..end]);
            if (route is null)
                return Reading.Wrong(problem!);
            routes.Add(route);
            rest = PythonText.StripStart(rest[(end + 1)..]);
            if (rest.Length > 0 && !rest.StartsWith(','))
                return Reading.Wrong("has no comma between two routes");
            rest = PythonText.StripStart(rest.Length > 0 ? rest[1..] : rest);
        }

        return Reading.Of(new ListValue(routes.ToImmutable()));
    }

    // route => '{' 'destination' ':' network ',' 'nexthop' ':' address '}', in either order
    private static (Value? Route, string? Problem) ReadRoute(string text)
    {
        var entries = text.Split(',').Select(part => part.Split(':', 2)).ToImmutableArray();
        if (entries.Any(entry => entry.Length != 2))
            return (null, "has a route with an item that is not name: value");
        var pairs = entries.Select(entry => (Name: PythonText.Strip(entry[0]), Text: PythonText.Strip(entry[1]))).ToImmutableArray();
        if (pairs.Length != 2 || !pairs.Any(pair => pair.Name == Destination) || !pairs.Any(pair => pair.Name == NextHop))
            return (null, $"has a route that is not a {Destination} and a {NextHop}");
        var destination = pairs.First(pair => pair.Name == Destination).Text;
        var hop = pairs.First(pair => pair.Name == NextHop).Text;
        if (!AddressWithPrefix.TryParse(destination, out _))
            return (null, $"has the {Destination} {OneLine.Quote(destination)}, which is not a network");
        if (!AddressWithPrefix.TryParseAddress(hop, out _))
            return (null, $"has the {NextHop} {OneLine.Quote(hop)}, which is not an address");
        return (new MapValue([new(Destination, destination), new(NextHop, hop)]), null);
    }

    private static string WriteRoutes(Value routes) =>
        $"[{string.Join(", ", ((ListValue)routes).Items.Select(route => WriteRoute((MapValue)route)))}]";

    private static string WriteRoute(MapValue route) =>
        $"{{{Destination}: {Text(route, Destination)}, {NextHop}: {Text(route, NextHop)}}}";

    private static string Text(MapValue route, string name) => ((StringValue)route[name]!).Text;
}
