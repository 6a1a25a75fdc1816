using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The ports of a node: <c>ports</c>, and <c>mac</c>, which has only addresses.</summary>
internal sealed partial class PortReader(DiagnosticBag diagnostics)
{
    private static readonly ImmutableArray<string> s_fields = ["physical_network", "local_link_connection", "pxe_enabled"];

    public ImmutableArray<WantedPort> Read(YamlMapping node) =>
    [
        .. Items(node, "ports").Select(Port).OfType<WantedPort>(),
        .. Items(node, "mac").Select(mac => Address(mac) is { } address ? new WantedPort(address, mac.Span) : null).OfType<WantedPort>(),
    ];

    private ImmutableArray<YamlNode> Items(YamlMapping node, string key)
    {
        switch (node[key])
        {
            case null or YamlScalar { Value: NullValue or StringValue { Text: "" } }:
                return [];
            case YamlSequence list:
                return list.Items;
            case YamlScalar { Value: StringValue } mac when key == "mac":
                return [mac];
            case var other:
                Wrong(other.Span, $"{key} must be a list, not {other.ToValue().TypeName}.");
                return [];
        }
    }

    private WantedPort? Port(YamlNode node)
    {
        if (node is not YamlMapping map)
        {
            Wrong(node.Span, $"A port must be a map, not {node.ToValue().TypeName}.", "Say {\"address\": \"52:54:00:00:00:01\"}, or write the addresses as a list under mac.");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => entry.Key != "address" && !s_fields.Contains(entry.Key)))
            diagnostics.Error(entry.KeySpan, NodeCodes.Unknown, $"'{entry.Key}' is not a key of a port.", Suggestion.For(entry.Key, s_fields.Prepend("address")));
        if (map["address"] is not { } address)
        {
            diagnostics.Error(map.Span, NodeCodes.Missing, "The port has no address.", "It is the MAC address of the network card.");
            return null;
        }

        var fields = map.Entries.Where(entry => s_fields.Contains(entry.Key) && Fits(entry)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToValue()));
        return Address(address) is { } mac ? new WantedPort(mac, address.Span) { Fields = new(fields) } : null;
    }

    private bool Fits(YamlEntry entry)
    {
        var value = entry.Value.ToValue();
        var (fits, shape) = entry.Key switch
        {
            "physical_network" => (value is StringValue, "a string"),
            "pxe_enabled" => (value is BooleanValue, "true or false"),
            _ => (value is MapValue, "a map"),
        };
        if (!fits && value is not NullValue)
            Wrong(entry.Value.Span, $"{entry.Key} must be {shape}, not {value.TypeName}.");
        return fits;
    }

    private string? Address(YamlNode node)
    {
        if (node is YamlScalar { Value: StringValue { Text: var text } })
        {
            if (Mac().IsMatch(text))
            {
                if (NodeAddresses.ProblemOfMac(text) is not { } problem)
                    return text.ToLowerInvariant();
                Wrong(node.Span, $"'{text}' {problem}.", "Take the address that the node's own card has.");
                return null;
            }

            Wrong(node.Span, $"'{text}' is no MAC address.", "Write six pairs of hexadecimal digits with colons between, e.g. 52:54:00:00:00:01.");
        }
        else
        {
            // YAML 1.1 reads digits separated by colons as a number to the base of 60.
            var number = node is YamlScalar { Value: IntegerValue };
            Wrong(node.Span, $"A MAC address must be a string, not {node.ToValue().TypeName}.", number ? "Put it in quotes: YAML reads this one as a number." : null);
        }

        return null;
    }

    private void Wrong(SourceSpan place, string message, string? remedy = null) => diagnostics.Error(place, NodeCodes.Value, message, remedy);

    [GeneratedRegex("^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$")]
    private static partial Regex Mac();
}
