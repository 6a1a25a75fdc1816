using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Undercloud.Config;

/// <summary>An interface's address with the length of its network's prefix, e.g. 192.168.24.1/24.</summary>
public sealed record AddressWithPrefix(IPAddress Address, int PrefixLength)
{
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The network as text, e.g. 192.168.24.0/24.</summary>
    public string Network => $"{Range.FirstAddress}/{PrefixLength}";

    /// <summary>The network's addresses, its own and the broadcast address included.</summary>
    public AddressRange Range => new(First, First | HostMask, IsIPv6);

    /// <summary>The network's mask as an address, e.g. 255.255.255.0.</summary>
    public IPAddress Mask => AddressRange.ToAddress((UInt128.MaxValue >> (128 - Bits)) & ~HostMask, IsIPv6);

    /// <summary>The addresses that hosts of the network may have.</summary>
    public AddressRange Hosts => !HasReserved ? Range : new(First + 1, (First | HostMask) - (IsIPv6 ? UInt128.Zero : 1), IsIPv6);

    private int Bits => IsIPv6 ? 128 : 32;

    private UInt128 First => PrefixLength == 0 ? 0 : AddressRange.ToNumber(Address) & ~HostMask;

    private UInt128 HostMask => PrefixLength == 0 ? UInt128.MaxValue >> (128 - Bits) : (UInt128.One << (Bits - PrefixLength)) - 1;

    // The network's own address and, in IPv4, the broadcast address belong to no host; /31 and /127 have neither (RFC 3021, RFC 6164).
    private bool HasReserved => Bits - PrefixLength > 1;

    /// <summary>Reads address/length; false for another form or a length that does not fit the family.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressWithPrefix? result)
    {
        result = null;
        var slash = text.IndexOf('/');
        if (slash < 0 || !TryParseAddress(text[..slash], out var address))
            return false;
        var length = text[(slash + 1)..];
        if (length.Length is 0 or > 3 || !length.All(char.IsAsciiDigit))
            return false;
        var parsed = new AddressWithPrefix(address, int.Parse(length));
        result = parsed.PrefixLength <= parsed.Bits ? parsed : null;
        return result is not null;
    }

    /// <summary>Reads an address as inet_pton does: four decimal numbers without leading zeros, or IPv6 without brackets or zone.</summary>
    public static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text.Contains(':')
            ? text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') && IPAddress.TryParse(text, out address)
            : text.Split('.') is { Length: 4 } parts && parts.All(IsByte) && IPAddress.TryParse(text, out address);
    }

    /// <summary>Whether a host of this network may have the address.</summary>
    public bool Holds(IPAddress address) => IsInNetwork(address) && !IsReserved(address);

    /// <summary>Whether the address is in the network, its own and the broadcast address included.</summary>
    public bool IsInNetwork(IPAddress address) =>
        address.AddressFamily == Address.AddressFamily && (AddressRange.ToNumber(address) & ~HostMask) == First;

    /// <summary>Whether the address is the network's own or its broadcast address.</summary>
    public bool IsReserved(IPAddress address)
    {
        var host = AddressRange.ToNumber(address) & HostMask;
        return IsInNetwork(address) && HasReserved && (host == 0 || (!IsIPv6 && host == HostMask));
    }

    public override string ToString() => $"{Address}/{PrefixLength}";

    private static bool IsByte(string part) =>
        part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && int.Parse(part) <= 255 && (part.Length == 1 || part[0] != '0');
}
