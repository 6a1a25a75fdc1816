using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>Parses the options of bonds, texts of NAME=VALUE, which become arguments of ip and ovs-vsctl.</summary>
internal static class NetworkOptions
{
    /// <summary>bonding_options, as <c>ip link add</c> takes them.</summary>
    public static ImmutableArray<string> OfLinuxBond(NetworkObject bond)
    {
        const string Key = "bonding_options";
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in Pairs(bond, Key))
        {
            if (Known(bond, Key, name, name, value, BondOptions.Kernel, "See ip-link(8), Bond Type Support."))
                all.AddRange(name, value);
        }

        return all.ToImmutable();
    }

    /// <summary>ovs_options of a bond: columns of Open vSwitch's table Port.</summary>
    public static ImmutableArray<string> OfOvsBond(NetworkObject bond)
    {
        const string Key = "ovs_options";
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in Pairs(bond, Key))
        {
            // ovs-vsctl accepts '-' for '_' in a column's name; a key of a column is passed on unchanged, and any key is accepted.
            var parts = name.Split(':', 2);
            var column = parts[0].Replace('-', '_');
            var known = parts.Length == 2 && BondOptions.OpenVSwitch.ContainsKey($"{column}:{parts[1]}") ? $"{column}:{parts[1]}" : column;
            if (Known(bond, Key, name, known, value, BondOptions.OpenVSwitch, "See ovs-vswitchd.conf.db(5), Port Table."))
                all.Add($"{name}={value}");
        }

        return all.ToImmutable();
    }

    private static bool Known(NetworkObject bond, string key, string name, string known, string value, ImmutableDictionary<string, BondOption> options, string see)
    {
        if (!options.TryGetValue(known, out var option))
            bond.Fail(key, $"A bond has no option {name}.", NearestName.Of(name, options.Keys) is { } nearest ? $"Did you mean {nearest}?" : see);
        else if (!option.Accepts(value))
            bond.Fail(key, $"{name} of {bond.Called} cannot be '{value}'.", $"It takes {option.Takes}.");
        else
            return true;
        return false;
    }

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
