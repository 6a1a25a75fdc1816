using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>
/// One object of os-net-config's network_config with its place. It reads the keys that several types share; a setting that is wrong, or not
/// supported, becomes a finding, and reading continues.
/// </summary>
/// <param name="map">The object.</param>
/// <param name="path">Its path, e.g. network_config[0].members[1].</param>
/// <param name="placeOf">Finds the place of a path in the file.</param>
/// <param name="diagnostics">Takes the findings.</param>
internal sealed class NetworkObject(MapValue map, string path, Func<string, SourceSpan?> placeOf, DiagnosticBag diagnostics)
{
    /// <summary>Its type, e.g. ovs_bridge.</summary>
    public string Type => (map["type"] as StringValue)?.Text ?? "";

    public string Path => path;

    /// <summary>Its name as written, for messages.</summary>
    public string Called => (map["name"] as StringValue)?.Text is { } name ? $"{Type} {name}" : map["vlan_id"] is { } id ? $"{Type} {id}" : Type;

    public bool Has(string key) => map[key] is not (null or NullValue) && map[key] is not ListValue { Items.Length: 0 } && map[key] is not MapValue { Entries.Length: 0 };

    public IEnumerable<string> Keys => map.Keys;

    /// <summary>As oslo.utils' strutils.bool_from_string: a value that is none of the words for true is false.</summary>
    public bool IsOn(string key) => map[key] switch
    {
        BooleanValue flag => flag.Flag,
        StringValue text => text.Text.Trim().ToLowerInvariant() is "1" or "t" or "true" or "on" or "y" or "yes",
        IntegerValue number => number.Number == 1,
        _ => false,
    };

    /// <summary>Whether a key is on or off; a word that strutils.bool_from_string would silently read as false, e.g. maybe, is an error.</summary>
    public bool IsFlag(string key)
    {
        if (map[key] is BooleanValue or IntegerValue { Number: { IsZero: true } or { IsOne: true } }
            || (map[key] is StringValue text && text.Text.Trim().ToLowerInvariant() is "0" or "f" or "false" or "off" or "n" or "no" or "1" or "t" or "true" or "on" or "y" or "yes"))
            return true;
        Fail(key, $"{key}{(Type.Length > 0 ? $" of {Called}" : "")} is {map[key]}, which is neither true nor false.", "Write true or false.");
        return false;
    }

    /// <summary>A text value, e.g. a list of options; null when there is none.</summary>
    public string? Text(string key)
    {
        if (!Has(key))
            return null;
        if (map[key] is StringValue text)
            return text.Text;
        Fail(key, $"{key} of {Called} is no text.", "Write it as text.");
        return null;
    }

    /// <summary>The name of an interface; empty when it is missing or invalid.</summary>
    public string InterfaceName(string key)
    {
        if (map[key] is not StringValue { Text: var name })
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
    public int? Number(string key, int least, int most)
    {
        if (!Has(key))
            return null;
        if (int.TryParse(map[key]!.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Fail(key, $"{key} of {Called} is {map[key]}.", $"Write a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A text, or a list of texts; empty for any other value.</summary>
    public IEnumerable<string> Texts(string key) => map[key] is ListValue list ? list.Items.Select(item => $"{(item as StringValue)?.Text}") : [$"{(map[key] as StringValue)?.Text}"];

    public ImmutableArray<string> Addresses(TakenAddresses taken) => [.. List("addresses").Select(item => Address(item.Value, item.Path, taken)).OfType<string>().Distinct(StringComparer.Ordinal)];

    public ImmutableArray<RouteEntry> Routes(TakenAddresses taken) => [.. List("routes").Select(item => Route(item.Value, item.Path, taken)).OfType<RouteEntry>()];

    public ImmutableArray<string> Nameservers()
    {
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var (value, place) in List("dns_servers"))
        {
            if (value is StringValue text && IPAddress.TryParse(text.Text, out var address) && TakenAddresses.IsOfAHost(address))
                all.Add($"{address}");
            else
                FailAt(place, $"{value} in dns_servers of {Called} is no address.", "Write the nameserver's address.");
        }

        return all.ToImmutable();
    }

    /// <summary>The objects that it contains.</summary>
    public ImmutableArray<NetworkObject> Members()
    {
        var members = ImmutableArray.CreateBuilder<NetworkObject>();
        foreach (var (value, place) in List("members"))
        {
            if (value is MapValue member && member["type"] is StringValue)
                members.Add(new(member, place, placeOf, diagnostics));
            else
                FailAt(place, $"A member of {Called} is no object with a type.", "Each object says what it is, e.g. type: interface.");
        }

        return members.ToImmutable();
    }

    public void Fail(string key, string message, string remedy) => FailAt(Has(key) ? $"{path}.{key}" : path, message, remedy);

    public void Warn(string key, string message, string remedy) => diagnostics.Warning(placeOf($"{path}.{key}"), NetConfigCodes.NoEffect, message, remedy);

    private void FailAt(string where, string message, string remedy) => diagnostics.Error(placeOf(where), NetConfigCodes.NotSupported, message, remedy);

    private IEnumerable<(Value Value, string Path)> List(string key)
    {
        if (!Has(key) || map[key] is ListValue { Items.Length: 0 })
            return [];
        if (map[key] is ListValue list)
            return list.Items.Select((item, number) => (item, $"{path}.{key}[{number}]"));
        Fail(key, $"{key} of {Called} is no list.", "Write a list.");
        return [];
    }

    private string? Address(Value value, string where, TakenAddresses taken)
    {
        if (value is MapValue entry && entry.Keys.All(key => key == "ip_netmask") && entry["ip_netmask"] is StringValue { Text: var text })
        {
            var problem = AddressWithPrefix.TryParse(text, out var address) ? taken.Problem(address, Called) : "is no address with prefix length";
            if (problem is null)
                return $"{address}";
            FailAt(where, $"'{text}' {problem}.", "Write {{LOCAL_IP}}, or e.g. 192.168.24.1/24, each address once.");
            return null;
        }

        FailAt(where, $"An address of {Called} is no object with ip_netmask.", "Write ip_netmask: 192.168.24.1/24.");
        return null;
    }

    private RouteEntry? Route(Value value, string where, TakenAddresses taken)
    {
        string[] known = ["ip_netmask", "destination", "next_hop", "nexthop", "default", "route_options", "table"];
        if (value is not MapValue entry)
        {
            FailAt(where, $"A route of {Called} is no object.", "Write ip_netmask and next_hop.");
            return null;
        }

        var route = new NetworkObject(entry, where, placeOf, diagnostics);
        foreach (var key in entry.Keys.Where(key => !known.Contains(key)))
            route.Fail(key, $"A route has no {key}.", $"Its keys are ip_netmask, next_hop and default.");
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
            FailAt(where, $"{problem}.", "Leave one of them out.");
            return null;
        }

        FailAt(where, $"'{to}' by way of '{via}' is no route.", "Write a network as ip_netmask and its router's address, of the same family, as next_hop.");
        return null;
    }
}
