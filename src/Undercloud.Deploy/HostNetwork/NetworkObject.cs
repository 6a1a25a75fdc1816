using System.Collections.Immutable;
using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>
/// One object of os-net-config's network_config with its place. It reads the keys that several types share; a setting that is wrong, or not
/// supported, becomes a finding, and reading continues.
/// </summary>
/// <param name="item">The object, e.g. network_config[0].members[1].</param>
internal sealed class NetworkObject(ValueCursor item)
{
    /// <summary>Its type, e.g. ovs_bridge.</summary>
    public string Type => (item["type"].Value as StringValue)?.Text ?? "";

    /// <summary>Its name as written, for messages.</summary>
    public string Called => item["name"].Value is StringValue { Text: var name } ? $"{Type} {name}" : item["vlan_id"] is { IsNull: false } id ? $"{Type} {id.Value}" : Type;

    public bool Has(string key) => item[key].Value is not (NullValue or ListValue { Items.Length: 0 } or MapValue { Entries.Length: 0 });

    /// <summary>Reports the keys that its type does not have.</summary>
    public void OnlyKeys(IReadOnlyCollection<string> known) => item.Named("").OnlyKeys(known, Called);

    /// <summary>As oslo.utils' strutils.bool_from_string: a value that is none of the words for true is false.</summary>
    public bool IsOn(string key) => item[key].Value switch
    {
        BooleanValue flag => flag.Flag,
        StringValue text => text.Text.Trim().ToLowerInvariant() is "1" or "t" or "true" or "on" or "y" or "yes",
        IntegerValue number => number.Number == 1,
        _ => false,
    };

    /// <summary>Whether a key is on or off; a word that strutils.bool_from_string would silently read as false, e.g. maybe, is an error.</summary>
    public bool IsFlag(string key)
    {
        if (item[key].Value is BooleanValue or IntegerValue { Number: { IsZero: true } or { IsOne: true } }
            || (item[key].Value is StringValue text && text.Text.Trim().ToLowerInvariant() is "0" or "f" or "false" or "off" or "n" or "no" or "1" or "t" or "true" or "on" or "y" or "yes"))
            return true;
        At(key).Fail($"is {item[key].Value}, which is neither true nor false", "Write true or false.");
        return false;
    }

    /// <summary>A text value, e.g. a list of options; null when there is none.</summary>
    public string? Text(string key) => Has(key) ? At(key).OptionalText() : null;

    /// <summary>The name of an interface; empty when it is missing or invalid.</summary>
    public string InterfaceName(string key)
    {
        if (item[key].Value is not StringValue { Text: var name })
        {
            Fail(key, $"{Called} has no {key}.", $"Write the interface's name: {key}: eth1.");
            return "";
        }

        if (name.StartsWith("nic", StringComparison.Ordinal) && name.Length > 3 && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            Fail(key, $"{name} is os-net-config's number of an interface, which is not found out here.", "Write the interface's own name (ip link), or {{LOCAL_INTERFACE}}.");
            return "";
        }

        if (name.Length is > 0 and <= 15 && name[0] != '-' && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || "_.:@-".Contains(c)))
            return name;
        Fail(key, $"'{name}' cannot be an interface's name.", "The kernel takes 15 characters: letters, digits, '-', '_', '.'.");
        return "";
    }

    /// <summary>A whole number in a range; null when it is missing or wrong.</summary>
    public int? Number(string key, int least, int most) => Has(key) ? (int?)At(key).Whole(least, most) : null;

    /// <summary>A text, or a list of texts; empty for any other value.</summary>
    public IEnumerable<string> Texts(string key) => item[key].OneOrMore().Select(text => $"{(text.Value as StringValue)?.Text}");

    public ImmutableArray<string> Addresses(TakenAddresses taken) => [.. Items("addresses").Select(address => Address(address, taken)).OfType<string>().Distinct(StringComparer.Ordinal)];

    public ImmutableArray<RouteEntry> Routes(TakenAddresses taken) => [.. Items("routes").Select(route => Route(route, taken)).OfType<RouteEntry>()];

    public ImmutableArray<string> Nameservers()
    {
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var server in Items("dns_servers"))
        {
            if (server.Value is StringValue text && IPAddress.TryParse(text.Text, out var address) && TakenAddresses.IsOfAHost(address))
                all.Add($"{address}");
            else
                server.Error($"{server.Value} in dns_servers of {Called} is no address.", "Write the nameserver's address.");
        }

        return all.ToImmutable();
    }

    /// <summary>The objects that it contains.</summary>
    public ImmutableArray<NetworkObject> Members()
    {
        var members = ImmutableArray.CreateBuilder<NetworkObject>();
        foreach (var member in Items("members"))
        {
            if (member["type"].Value is StringValue)
                members.Add(new(member));
            else
                member.Error($"A member of {Called} is no object with a type.", "Each object says what it is, e.g. type: interface.");
        }

        return members.ToImmutable();
    }

    public void Fail(string key, string message, string remedy) => (Has(key) ? item[key] : item).Error(message, remedy);

    public void Warn(string key, string message, string remedy) => item[key].Warning(NetConfigCodes.NoEffect, message, remedy);

    private ValueCursor At(string key) => item[key].Named(Type.Length > 0 ? $"{key} of {Called}" : key);

    private IEnumerable<ValueCursor> Items(string key) => Has(key) ? At(key).Items() : [];

    private string? Address(ValueCursor given, TakenAddresses taken)
    {
        if (given.Value is MapValue entry && entry.Keys.All(key => key == "ip_netmask") && entry["ip_netmask"] is StringValue { Text: var text })
        {
            var problem = AddressWithPrefix.TryParse(text, out var address) ? taken.Problem(address, Called) : "is no address with prefix length";
            if (problem is null)
                return $"{address}";
            given.Error($"'{text}' {problem}.", "Write {{LOCAL_IP}}, or e.g. 192.168.24.1/24, each address once.");
            return null;
        }

        given.Error($"An address of {Called} is no object with ip_netmask.", "Write ip_netmask: 192.168.24.1/24.");
        return null;
    }

    private RouteEntry? Route(ValueCursor given, TakenAddresses taken)
    {
        string[] known = ["ip_netmask", "destination", "next_hop", "nexthop", "default", "route_options", "table"];
        if (given.Value is not MapValue)
        {
            given.Error($"A route of {Called} is no object.", "Write ip_netmask and next_hop.");
            return null;
        }

        given.Named("").OnlyKeys(known, "a route");
        var route = new NetworkObject(given);
        foreach (var key in new[] { "route_options", "table" }.Where(route.Has))
            route.Fail(key, $"{key} of a route is not supported: the host gets plain routes of the main table.", $"Leave {key} out, and configure what it is for by the host's own means.");
        if (route.Has("default") && !route.IsFlag("default"))
            return null;
        var via = route.Text("next_hop") ?? route.Text("nexthop") ?? "";
        var to = route.IsOn("default") ? via.Contains(':') ? "::/0" : "0.0.0.0/0" : route.Text("ip_netmask") ?? route.Text("destination") ?? "";
        if (AddressWithPrefix.TryParseAddress(via, out var router) && TakenAddresses.IsOfAHost(router) && AddressWithPrefix.TryParseAddress(to.Split('/')[0], out _)
            && Networks.Canonical(to) is { } network && Networks.Family(network) == Networks.Family(via))
        {
            if (taken.Problem(network, $"{router} on {Called}") is not { } problem)
                return new(to, via);
            given.Error($"{problem}.", "Leave one of them out.");
            return null;
        }

        given.Error($"'{to}' by way of '{via}' is no route.", "Write a network as ip_netmask and its router's address, of the same family, as next_hop.");
        return null;
    }
}
