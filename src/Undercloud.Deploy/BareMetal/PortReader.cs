using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The ports of a node: <c>ports</c>, and <c>mac</c>, which has only addresses.</summary>
internal static partial class PortReader
{
    private static readonly ImmutableArray<string> s_keys = ["address", "physical_network", "local_link_connection", "pxe_enabled"];

    public static ImmutableArray<WantedPort> Read(ValueCursor node) =>
    [
        .. (node["ports"].IsEmpty ? [] : node["ports"].Items()).Select(Port).OfType<WantedPort>(),
        .. (node["mac"].IsEmpty ? [] : node["mac"].OneOrMore()).Select(mac => Address(mac) is { } address ? new WantedPort(address, mac.Place.GetValueOrDefault()) : null).OfType<WantedPort>(),
    ];

    private static WantedPort? Port(ValueCursor port)
    {
        if (port.Value is not MapValue)
        {
            port.Error($"A port must be a map, not {port.Value.TypeName}.", "Say {\"address\": \"52:54:00:00:00:01\"}, or write the addresses as a list under mac.");
            return null;
        }

        port.OnlyKeys(s_keys, "a port");
        if (port["address"].IsNull)
        {
            port["address"].Missing("It is the MAC address of the network card.");
            return null;
        }

        var fields = port.Entries().Where(entry => Fits(entry.Key, entry.Item)).Select(entry => KeyValuePair.Create(entry.Key, entry.Item.Value)).ToList();
        return Address(port["address"]) is { } mac ? new WantedPort(mac, port["address"].Place.GetValueOrDefault()) { Fields = new(fields) } : null;
    }

    private static bool Fits(string key, ValueCursor field) => (key, field.Value) switch
    {
        (_, NullValue) => false,
        ("physical_network", StringValue) or ("pxe_enabled", BooleanValue) or ("local_link_connection", MapValue) => true,
        ("physical_network", _) => field.MustBe("a string", false),
        ("pxe_enabled", _) => field.MustBe("true or false", false),
        ("local_link_connection", _) => field.MustBe("a map", false),
        _ => false,
    };

    private static string? Address(ValueCursor address)
    {
        if (address.Value is not StringValue { Text: var text })
        {
            // YAML 1.1 reads digits separated by colons as a number to the base of 60.
            address.Error($"A MAC address must be a string, not {address.Value.TypeName}.", address.Value is IntegerValue ? "Put it in quotes: YAML reads this one as a number." : null);
        }
        else if (!Mac().IsMatch(text))
        {
            address.Error($"'{text}' is no MAC address.", "Write six pairs of hexadecimal digits with colons between, e.g. 52:54:00:00:00:01.");
        }
        else if (NodeAddresses.ProblemOfMac(text) is { } problem)
        {
            address.Error($"'{text}' {problem}.", "Take the address that the node's own card has.");
        }
        else
        {
            return text.ToLowerInvariant();
        }

        return null;
    }

    [GeneratedRegex("^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$")]
    private static partial Regex Mac();
}
