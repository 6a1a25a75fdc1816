using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Undercloud.Deploy.BareMetal;

/// <summary>What is wrong with an address of a node, as far as it can be told from the address alone.</summary>
internal static class NodeAddresses
{
    /// <summary>Why a controller cannot be there; null for a name, an address or a URL that can be.</summary>
    public static string? ProblemOfController(string address)
    {
        if (address.Any(char.IsWhiteSpace))
            return "has a blank in it";
        var host = Host(address);
        if (host.Contains(':', StringComparison.Ordinal))
            return IPAddress.TryParse(host, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6 ? null : $"is {host}, which is no IPv6 address";
        if (host.Length == 0 || !host.All(c => char.IsAsciiDigit(c) || c == '.'))
            return null;
        var parts = host.Split('.');
        if (parts.Length != 4 || !parts.All(part => part.Length is > 0 and <= 3 && int.Parse(part, CultureInfo.InvariantCulture) <= 255))
            return $"is {host}, which is no IPv4 address";
        return int.Parse(parts[0], CultureInfo.InvariantCulture) is 0 or >= 224 ? $"is {host}, which is no host's address" : null;
    }

    /// <summary>Why no network card has the MAC address, which is six pairs of hexadecimal digits; null for one that a card can have.</summary>
    public static string? ProblemOfMac(string mac) =>
        (Convert.FromHexString(mac[..2])[0] & 1) != 0 ? "is a group's address (multicast), not a card's"
        : mac.All(c => c is '0' or ':') ? "is no card's address"
        : null;

    // Of https://host:port/path, [::1]:port, host:port.
    private static string Host(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var host = (scheme < 0 ? address : address[(scheme + 3)..]).Split('/')[0];
        if (host.StartsWith('['))
            return host[1..].Split(']')[0];
        return host.Count(c => c == ':') == 1 ? host.Split(':')[0] : host;
    }
}
