using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The options of bonds, which are texts of NAME=VALUE: they become arguments of ip and ovs-vsctl.</summary>
internal static class NetworkOptions
{
    /// <summary>bonding_options, as <c>ip link add</c> takes them.</summary>
    public static ImmutableArray<string> OfLinuxBond(NetworkObject bond)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in Pairs(bond, "bonding_options"))
        {
            if (NetworkObjectTypes.BondOptions.Contains(name))
                all.AddRange(name, value);
            else
                bond.Fail("bonding_options", $"A bond has no option {name}.", NearestName.Of(name, NetworkObjectTypes.BondOptions) is { } nearest ? $"Did you mean {nearest}?" : "See ip-link(8), Bond Type Support.");
        }

        return all.ToImmutable();
    }

    /// <summary>ovs_options of a bond: columns of Open vSwitch's table Port.</summary>
    public static ImmutableArray<string> OfOvsBond(NetworkObject bond) => [.. Pairs(bond, "ovs_options").Select(pair => $"{pair.Name}={pair.Value}")];

    private static IEnumerable<(string Name, string Value)> Pairs(NetworkObject link, string key)
    {
        foreach (var word in (link.Text(key) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value] && name[0] != '-' && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-.:+,=".Contains(c)))
                yield return (name, value);
            else
                link.Fail(key, $"'{word}' in {key} of {link.Called} is no option.", "Write NAME=VALUE, with blanks between them.");
        }
    }
}
