using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Undercloud.Config;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Checks an address of a node, as far as the address alone allows.</summary>
internal static class NodeAddresses
{
    /// <summary>Why no controller can have this address; null for a possible name, address or URL.</summary>
    /// <param name="address">As the file has it.</param>
    /// <param name="takesUrl">Whether the driver takes a URL; other drivers take only an address or a name, and have a separate key for the port.</param>
    public static string? ProblemOfController(string address, bool takesUrl)
    {
        if (address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return "has a blank in it";
        var (scheme, authority) = Parts(address);
        if (!takesUrl && (scheme is not null || authority.Length < address.Length))
            return "is a URL, which this driver does not take";
        if (scheme is not (null or "http" or "https"))
            return $"is a URL of {scheme}, where http or https belongs";
        if (authority.Contains('@', StringComparison.Ordinal))
            return "has a user in it, which belongs into pm_user and pm_password";
        if (authority.StartsWith('[') && authority.Split(']', 2) is not [_, "" or [':', ..]])
            return "has brackets that are not around an address";
        if (!takesUrl && authority.StartsWith('['))
            return "has brackets, which belong into URLs alone";
        if (Port(authority) is { } port && !(takesUrl && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536))
            return takesUrl ? $"has the port '{port}', which is no number from 1 to 65535" : $"has a port, which belongs into pm_port ({port})";
        return ProblemOfHost(Host(address), authority.StartsWith('['));
    }

    private static string? ProblemOfHost(string host, bool isBracketed)
    {
        if (isBracketed || host.Contains(':', StringComparison.Ordinal))
        {
            return !IPAddress.TryParse(host, out var six) || six.AddressFamily != AddressFamily.InterNetworkV6 ? $"is {host}, which is no IPv6 address"
                : six.IsIPv6Multicast || six.Equals(IPAddress.IPv6Any) ? $"is {host}, which is no host's address"
                : null;
        }

        if (host.Length == 0)
            return "has no host";
        if (!host.All(c => char.IsAsciiDigit(c) || c == '.'))
            return ProblemOfName(host) is { } problem ? $"is {host}, which {problem}" : null;
        var parts = host.Split('.');
        if (parts.Length != 4 || !parts.All(part => part.Length is > 0 and <= 3 && int.Parse(part, CultureInfo.InvariantCulture) <= 255))
            return $"is {host}, which is no IPv4 address";
        if (parts.Any(part => part is ['0', _, ..]))
            return $"is {host}: programs do not agree on what a zero at the beginning means";
        return int.Parse(parts[0], CultureInfo.InvariantCulture) is 0 or >= 224 ? $"is {host}, which is no host's address" : null;
    }

    // DNS and /etc/hosts accept an underscore, which host names should not have, and a trailing dot.
    private static string? ProblemOfName(string host) =>
        HostName.ProblemOf((host.EndsWith('.') ? host[..^1] : host).Replace('_', 'x'));

    /// <summary>Why no network card can have this MAC address (six pairs of hexadecimal digits); null for a possible one.</summary>
    public static string? ProblemOfMac(string mac) =>
        (Convert.FromHexString(mac[..2])[0] & 1) != 0 ? "is a group's address (multicast), not a card's"
        : mac.All(c => c is '0' or ':') ? "is no card's address"
        : null;

    /// <summary>The host of https://host:port/path, [::1]:port, host:port or ::1.</summary>
    public static string Host(string address)
    {
        var authority = Parts(address).Authority;
        return authority.StartsWith('[') ? authority[1..].Split(']')[0]
            : authority.Count(c => c == ':') == 1 ? authority.Split(':')[0]
            : authority;
    }

    private static (string? Scheme, string Authority) Parts(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? null : address[..scheme].ToLowerInvariant(), (scheme < 0 ? address : address[(scheme + 3)..]).Split('/', '?', '#')[0]);
    }

    private static string? Port(string authority) =>
        authority.StartsWith('[') ? (authority.Split("]:", 2) is [_, var behind] ? behind : null)
        : authority.Split(':') is [_, var port] ? port
        : null;
}
