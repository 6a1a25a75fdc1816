using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>Reports types and keys of os-net-config that have no counterpart here.</summary>
internal static class NetworkObjectKeys
{
    private const string ByHost = "by the host's own means (ifupdown, systemd-networkd, NetworkManager)";

    /// <summary>Checks type and keys; false when the object cannot be read at all.</summary>
    public static bool Check(NetworkObject link, NetworkObject? enclosing)
    {
        if (!NetworkObjectTypes.Supported.TryGetValue(link.Type, out var keys))
        {
            Refuse(link);
            return false;
        }

        if (enclosing is not null && !Members(enclosing.Type).Contains(link.Type))
        {
            link.Fail("type", $"{link.Called} cannot be a member of {enclosing.Called}.", $"Members of {enclosing.Type} are: {string.Join(", ", Members(enclosing.Type))}.");
            return false;
        }

        link.OnlyKeys(keys);
        foreach (var key in keys.Where(link.Has).Where(key => !NetworkObjectTypes.Flags.Contains(key) || link.IsFlag(key)))
            Supported(link, key);
        return true;
    }

    private static string[] Members(string type) => type switch
    {
        NetworkObjectTypes.OvsBridge => [NetworkObjectTypes.Interface, NetworkObjectTypes.Vlan, NetworkObjectTypes.OvsBond, NetworkObjectTypes.LinuxBond],
        NetworkObjectTypes.LinuxBridge => [NetworkObjectTypes.Interface, NetworkObjectTypes.Vlan, NetworkObjectTypes.LinuxBond],
        NetworkObjectTypes.LinuxBond => [NetworkObjectTypes.Interface, NetworkObjectTypes.Vlan],
        _ => [NetworkObjectTypes.Interface],
    };

    private static void Refuse(NetworkObject link)
    {
        var types = NetworkObjectTypes.Supported.Keys.Order(StringComparer.Ordinal).ToList();
        if (NetworkObjectTypes.Others.Contains(link.Type))
            link.Fail("type", $"{link.Type} is not supported.", $"Supported are {string.Join(", ", types)}. Make it {ByHost}, and leave it out here.");
        else
            link.Fail("type", $"os-net-config has no type '{link.Type}'.", NearestName.Of(link.Type, types) is { } nearest ? $"Did you mean {nearest}?" : $"Its types are, as far as they are supported: {string.Join(", ", types)}.");
    }

    private static void Supported(NetworkObject link, string key)
    {
        switch (key)
        {
            case "use_dhcp" or "use_dhcpv6" when link.IsOn(key):
                link.Fail(key, $"{key} of {link.Called} is not supported: no DHCP client is run.", $"Give it its addresses; or leave it out here, and let it be configured {ByHost}.");
                break;
            case "onboot" when !link.IsOn(key):
                link.Fail(key, $"{link.Called} is not to be up at a start of the host, which is not supported.", "Leave the interface out, or onboot.");
                break;
            case "rules" or "nic_mapping" or "ethtool_opts":
                link.Fail(key, $"{key} of {link.Called} is not supported.", $"Leave it out, and set it {ByHost}.");
                break;
            case "ovs_options" when link.Type != NetworkObjectTypes.OvsBond:
                link.Fail(key, $"ovs_options of {link.Type} are not supported.", "Leave them out; a bridge has ovs_fail_mode, a bond its ovs_options.");
                break;
            case "ovs_extra" when IsIdentifier(link):
                link.Warn(key, $"ovs_extra of {link.Called} has no effect: nothing here reads a bridge's external identifier.", "Leave it out.");
                break;
            case "ovs_extra":
                link.Fail(key, $"ovs_extra of {link.Called} is not supported.", "Leave it out; ovs_fail_mode, members and a bond's ovs_options say most of it.");
                break;
            case "domain":
                link.Warn(key, "domain has no effect: the host's search domain is left alone.", $"Set it {ByHost}, and leave it out here.");
                break;
            case "persist_mapping" or "nm_controlled" or "hotplug" when link.IsOn(key):
            case "defroute" or "dhclient_args" or "linkdelay":
                link.Warn(key, $"{key} of {link.Called} has no effect: the tool's own unit configures the interface, without DHCP.", "Leave it out.");
                break;
        }
    }

    // Keys of instack-undercloud's own template.
    private static bool IsIdentifier(NetworkObject link) => link.Texts("ovs_extra").All(text => text.StartsWith("br-set-external-id ", StringComparison.Ordinal));
}
