using System.Net;
using System.Net.NetworkInformation;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>The addresses that this node has now.</summary>
public static class LocalAddresses
{
    /// <summary>Whether a URL's host is an address of an interface of this node. A name is not looked up: who answers that is on the network.</summary>
    public static bool Has(Uri url) =>
        IPAddress.TryParse(url.IdnHost, out var address)
        && NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Any(one => Equals(Plain(one.Address), address));

    // The kernel's link-local addresses say which interface they are of.
    private static IPAddress Plain(IPAddress address) => address.IsIPv6LinkLocal ? new(address.GetAddressBytes()) : address;
}
