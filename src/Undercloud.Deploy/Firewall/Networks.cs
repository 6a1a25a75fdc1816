using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Undercloud.Deploy.Firewall;

/// <summary>Networks in nftables' form: without host bits, and an address without its prefix length.</summary>
public static class Networks
{
    /// <summary>A network or an address; null when the text is neither.</summary>
    public static string? Canonical(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || !HasNoZone(address))
            return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (parts.Length == 2 && !(int.TryParse(parts[1], out length) && length >= 0 && length <= bits))
            return null;
        return length == bits ? $"{address}" : $"{Masked(address, length)}/{length}";
    }

    /// <summary>The networks without those that lie within another one: nftables rejects a set with overlaps.</summary>
    public static ImmutableArray<string> Merged(IEnumerable<string> networks)
    {
        var all = networks.Distinct(StringComparer.Ordinal).Select(text => (text, network: Parse(text))).ToList();
        return [.. all.Where(one => !all.Any(other => other.text != one.text && Contains(other.network, one.network))).Select(one => one.text).Order(StringComparer.Ordinal)];
    }

    /// <summary>nftables' keyword for the family.</summary>
    public static string Family(string network) => network.Contains(':') ? "ip6" : "ip";

    private static bool Contains(IPNetwork outer, IPNetwork inner) => outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    private static IPNetwork Parse(string canonical) =>
        canonical.Contains('/') ? IPNetwork.Parse(canonical) : new(IPAddress.Parse(canonical), canonical.Contains(':') ? 128 : 32);

    private static bool HasNoZone(IPAddress address) => address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId == 0;

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var at = 0; at < bytes.Length; at++)
            bytes[at] &= (byte)(0xff00 >> Math.Clamp(length - (at * 8), 0, 8));
        return new(bytes);
    }
}
