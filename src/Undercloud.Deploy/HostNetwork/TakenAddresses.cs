using System.Net;
using System.Net.Sockets;
using Undercloud.Config;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The addresses and routes of a network_config so far: each may occur once, or be repeated by the same interface.</summary>
internal sealed class TakenAddresses
{
    private readonly Dictionary<IPAddress, (string Owner, int PrefixLength)> _addresses = [];
    private readonly Dictionary<string, string> _routes = new(StringComparer.Ordinal);

    /// <summary>Why an interface cannot have an address; null when it can, and the address is then recorded.</summary>
    /// <param name="address">The address.</param>
    /// <param name="owner">The interface, for messages.</param>
    public string? Problem(AddressWithPrefix address, string owner)
    {
        if (!IsOfAHost(address.Address))
            return "is no address of a host";
        if (address.PrefixLength == 0)
            return "would have every address in its network";
        if (address.IsReserved(address.Address))
            return $"is the address of the network {address.Network} itself, or its broadcast address";

        // Each link has its own addresses with this prefix, so fe80::1 may be on several links.
        if (address.Address.IsIPv6LinkLocal || _addresses.TryAdd(address.Address, (owner, address.PrefixLength)))
            return null;

        // Without TLS, tags for two addresses give the same one; `ip` never objected.
        return _addresses[address.Address] == (owner, address.PrefixLength) ? null : $"is an address of {_addresses[address.Address].Owner} already";
    }

    /// <summary>Why there cannot be a route; null when there can.</summary>
    /// <param name="network">The destination network, in canonical spelling.</param>
    /// <param name="way">The next hop, for messages.</param>
    public string? Problem(string network, string way)
    {
        if (_routes.TryAdd(network, way) || _routes[network] == way)
            return null;
        return $"{(network is "0.0.0.0/0" or "::/0" ? "A default route" : $"A route to {network}")} is there already, by way of {_routes[network]}";
    }

    /// <summary>Whether a host may have an address: not 0.0.0.0/8, ::, a multicast address or a reserved one.</summary>
    public static bool IsOfAHost(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes()[0] is > 0 and < 224
        : !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
}
