using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>
/// Translates os-net-config's network_config (the parameter UndercloudNetConfigOverride) to a network manifest, so that the same code applies it
/// as the default network. A setting that a manifest cannot express is an error that names it. Source of the meaning: os-net-config wallaby, objects.py and
/// schema.yaml.
/// </summary>
public sealed class NetworkConfigReader
{
    private readonly List<BridgeEntry> _bridges = [];
    private readonly List<VlanEntry> _vlans = [];
    private readonly List<InterfaceEntry> _interfaces = [];
    private readonly List<string> _nameservers = [];
    private readonly Dictionary<string, NetworkObject> _names = new(StringComparer.Ordinal);
    private readonly TakenAddresses _taken = new();

    private NetworkConfigReader()
    {
    }

    /// <summary>The network; an empty one leaves the host's network alone. Findings go to <paramref name="diagnostics"/>.</summary>
    /// <param name="config">A map with the list network_config.</param>
    /// <param name="placeOf">Finds the place of the value under some keys, e.g. network_config, 0, name.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    public static NetworkManifest Read(MapValue config, Func<ImmutableArray<string>, SourceSpan?> placeOf, DiagnosticBag diagnostics)
    {
        var reader = new NetworkConfigReader();
        var root = new ValueCursor(config, "", new(diagnostics, NetConfigCodes.NotSupported, (keys, _) => placeOf(keys)));
        if (config["network_config"] is not ListValue list)
        {
            diagnostics.Error(root.Place, NetConfigCodes.NoNetworkConfig, "There is no list network_config.", "Write network_config with a list of os-net-config's objects.");
            return new();
        }

        foreach (var item in root["network_config"].Items())
        {
            if (item["type"].Value is StringValue)
                reader.Top(new(item));
            else
                diagnostics.Error(item.Place, NetConfigCodes.NoNetworkConfig, $"{item.Where} is no object with a type.", "Each object says what it is, e.g. type: ovs_bridge.");
        }

        // A list that is not indented far enough ends up beside network_config.
        foreach (var key in config.Keys.Where(key => key != "network_config"))
            root[key].Error($"There is a key '{key}' beside network_config.", "Indent it below the object that it belongs to, or leave it out: network_config stands alone.");

        var network = new NetworkManifest
        {
            IsLeftAlone = list.Items.IsEmpty,
            Bridges = [.. reader._bridges],
            Vlans = [.. reader._vlans],
            Interfaces = [.. reader._interfaces],
            Nameservers = [.. reader._nameservers.Distinct()],
        };
        foreach (var circle in LinkOrder.Circles(network))
        {
            var rest = string.Join(", which needs ", circle.Skip(1).Append(circle[0]));
            reader._names.GetValueOrDefault(circle[0])?.Fail("device", $"{circle[0]} needs {rest}: it is a circle, and nothing of it can be made first.", "Write another interface as device or member at one of them.");
        }

        return network;
    }

    private void Top(NetworkObject link)
    {
        if (link.Type == NetworkObjectTypes.OvsBond)
            link.Fail("type", $"{link.Called} is in no bridge.", "Make it a member of an ovs_bridge, or write a linux_bond.");
        else
            Any(link, enclosing: null);
    }

    // Its name as a port of the enclosing object; null when it is no port.
    private string? Any(NetworkObject link, NetworkObject? enclosing)
    {
        if (!NetworkObjectKeys.Check(link, enclosing))
            return null;
        return link.Type switch
        {
            NetworkObjectTypes.Interface => Interface(link, enclosing),
            NetworkObjectTypes.Vlan => Vlan(link, enclosing),
            NetworkObjectTypes.LinuxBond => LinuxBond(link, enclosing),
            NetworkObjectTypes.LinuxBridge => LinuxBridge(link),
            _ => OvsBridge(link),
        };
    }

    private string Interface(NetworkObject link, NetworkObject? enclosing)
    {
        var name = Named(link, link.InterfaceName("name"));

        // As in the original's network scripts, eth0.10 is the VLAN 10 of eth0.
        if (name.Split('.') is [{ Length: > 0 } device, { Length: > 0 } number] && number.All(char.IsAsciiDigit))
        {
            if (int.TryParse(number, out var id) && id is >= 1 and <= 4094)
                _vlans.Add(new(name, device, id));
            else
                link.Fail("name", $"{number} in {name} is no VLAN's number.", "Write a number from 1 to 4094 after the dot.");
        }

        Carries(link, name, enclosing);
        return name;
    }

    private string? Vlan(NetworkObject link, NetworkObject? enclosing)
    {
        if (link.Number("vlan_id", 1, 4094) is not { } id)
        {
            if (!link.Has("vlan_id"))
                link.Fail("vlan_id", "A vlan has no vlan_id.", "Write the VLAN's number, 1 to 4094.");
            return null;
        }

        var name = Named(link, $"vlan{id}");
        var device = enclosing?.Type == NetworkObjectTypes.LinuxBond && !link.Has("device") ? enclosing.InterfaceName("name") : link.InterfaceName("device");
        if (device.Length > 0)
            _vlans.Add(new(name, device, id));

        // On a bond it is no port, but an interface on top of the bond.
        var isPort = enclosing is not null && enclosing.Type != NetworkObjectTypes.LinuxBond;
        Carries(link, name, isPort ? enclosing : null);
        return isPort ? name : null;
    }

    private string LinuxBond(NetworkObject link, NetworkObject? enclosing)
    {
        var name = Named(link, link.InterfaceName("name"));
        var ports = Ports(link);
        if (ports.IsEmpty)
            link.Fail("members", $"{link.Called} has no members.", "Write its interfaces as members.");
        _bridges.Add(new(name, ports) { Kind = BridgeEntry.Bond, Options = NetworkOptions.OfLinuxBond(link) });
        Carries(link, name, enclosing);
        return name;
    }

    private string LinuxBridge(NetworkObject link)
    {
        var name = Named(link, link.InterfaceName("name"));
        _bridges.Add(new(name, Ports(link)) { Kind = BridgeEntry.Linux });
        Carries(link, name, enclosing: null);
        return name;
    }

    private string OvsBridge(NetworkObject link)
    {
        var name = Named(link, link.InterfaceName("name"));
        var (bonds, vlans) = (new List<OvsBondEntry>(), new List<(NetworkObject Link, OvsVlanEntry Entry)>());
        var ports = Ports(link, member =>
        {
            if (!NetworkObjectKeys.Check(member, link))
                return;
            if (member.Type == NetworkObjectTypes.OvsBond)
                bonds.Add(OvsBond(member));
            else if (member.Number("vlan_id", 1, 4094) is { } id)
                vlans.Add((member, new(Named(member, $"vlan{id}"), id)));
            else
                member.Fail("vlan_id", "A vlan has no number.", "Write vlan_id: 1 to 4094.");
        });
        var mode = link.Text("ovs_fail_mode") ?? "standalone";
        if (mode is not ("standalone" or "secure"))
            link.Fail("ovs_fail_mode", $"ovs_fail_mode of {link.Called} is {mode}.", "Write standalone or secure.");
        _bridges.Add(new(name, ports, null, mode) { Bonds = [.. bonds], Vlans = [.. vlans.Select(vlan => vlan.Entry)] });
        Carries(link, name, enclosing: null);
        foreach (var vlan in vlans)
            Carries(vlan.Link, vlan.Entry.Name, enclosing: null);
        return name;
    }

    private OvsBondEntry OvsBond(NetworkObject bond)
    {
        var name = Named(bond, bond.InterfaceName("name"));
        var members = Ports(bond);
        if (members.Length < 2)
            bond.Fail("members", $"{bond.Called} has fewer than two members.", "Open vSwitch's bonds have two interfaces at least.");
        foreach (var key in new[] { "addresses", "routes" }.Where(bond.Has))
            bond.Fail(key, $"{bond.Called} is no interface, and cannot have {key}.", $"Write its {key} on the bridge.");
        _nameservers.AddRange(bond.Nameservers());
        if (bond.Number("mtu", 68, 65535) is { } mtu)
        {
            for (var at = 0; at < _interfaces.Count; at++)
            {
                if (members.Contains(_interfaces[at].Name))
                    _interfaces[at] = _interfaces[at] with { Mtu = _interfaces[at].Mtu ?? mtu };
            }
        }

        return new(name, members, NetworkOptions.OfOvsBond(bond));
    }

    // The primary member comes first: the bridge takes its hardware address.
    private ImmutableArray<string> Ports(NetworkObject link, Action<NetworkObject>? other = null)
    {
        var members = link.Members();
        if (members.Where(member => member.IsOn("primary")).Skip(1).FirstOrDefault() is { } second)
            second.Fail("primary", $"{link.Called} has more than one primary member.", "Leave primary at one of them.");
        var ports = new List<(bool Primary, string Name)>();
        foreach (var member in members)
        {
            if (other is not null && (member.Type is NetworkObjectTypes.OvsBond or NetworkObjectTypes.Vlan))
                other(member);
            else if (Any(member, link) is { Length: > 0 } name)
                ports.Add((member.IsOn("primary"), name));
        }

        return [.. ports.OrderByDescending(port => port.Primary).Select(port => port.Name)];
    }

    private void Carries(NetworkObject link, string name, NetworkObject? enclosing)
    {
        foreach (var key in new[] { "addresses", "routes" }.Where(key => enclosing is not null && link.Has(key)))
            link.Fail(key, $"{link.Called} is a port of {enclosing!.Called}, where nobody reaches its {key}.", $"Write its {key} on {enclosing.Called}.");
        _nameservers.AddRange(link.Nameservers());
        if (name.Length > 0)
            _interfaces.Add(new(name, link.Addresses(_taken), link.Number("mtu", 68, 65535)) { Routes = link.Routes(_taken) });
    }

    private string Named(NetworkObject link, string name)
    {
        if (name.Length > 0 && !_names.TryAdd(name, link))
            link.Fail(link.Type == NetworkObjectTypes.Vlan ? "vlan_id" : "name", $"{name} is configured more than once.", "Write each interface once: as a member of what it is a port of, or by itself.");
        return name;
    }
}
