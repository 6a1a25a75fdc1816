using System.Net;
using System.Net.Sockets;

namespace Undercloud.Config;

/// <summary>The names of the two families of addresses.</summary>
internal static class Family
{
    public static string Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
}
