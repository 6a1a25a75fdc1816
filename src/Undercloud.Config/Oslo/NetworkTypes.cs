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

    /// <summary>A network; like netaddr, it accepts an address within the network too.</summary>
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

    // An empty text is the empty list too, for which oslo.config requires "[]".
    private static Reading ReadRoutes(string text)
    {
        if (PythonText.Strip(text).Length == 0)
            return Reading.Of(ListValue.Empty);
        var reading = OptionTypes.Maps.Read(text);
        return reading.Value is ListValue routes && routes.Items.Select(route => ProblemOf((MapValue)route)).OfType<string>().FirstOrDefault() is { } problem
            ? Reading.Wrong(problem)
            : reading;
    }

    private static string? ProblemOf(MapValue route)
    {
        if (route.Count != 2 || route[Destination] is null || route[NextHop] is null)
            return $"has a route that is not a {Destination} and a {NextHop}";
        if (!AddressWithPrefix.TryParse(Text(route, Destination), out _))
            return $"has the {Destination} {OneLine.Quote(Text(route, Destination))}, which is not a network";
        return AddressWithPrefix.TryParseAddress(Text(route, NextHop), out _)
            ? null
            : $"has the {NextHop} {OneLine.Quote(Text(route, NextHop))}, which is not an address";
    }

    private static string WriteRoutes(Value routes) =>
        $"[{string.Join(", ", ((ListValue)routes).Items.Select(route => WriteRoute((MapValue)route)))}]";

    private static string WriteRoute(MapValue route) =>
        $"{{{Destination}: {Text(route, Destination)}, {NextHop}: {Text(route, NextHop)}}}";

    private static string Text(MapValue route, string name) => ((StringValue)route[name]!).Text;
}
