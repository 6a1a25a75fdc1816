using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class NetworkTypesTests
{
    [Theory]
    [InlineData("192.168.24.0/24", null)]
    [InlineData("192.168.24.1/24", null)]
    [InlineData("fd00::/64", null)]
    [InlineData("192.168.24.0", "has no prefix length")]
    [InlineData("192.168.24.0/32", "has the prefix length 32, which is no network of several hosts")]
    [InlineData("0.0.0.0/0", "has the prefix length 0, which is no network of several hosts")]
    [InlineData("fd00::/48", "has the prefix length 48, where IPv6 takes 64 only")]
    [InlineData("network", "is not a network")]
    public void A_network_has_a_usable_prefix(string text, string? problem) => Assert.Equal(problem, NetworkTypes.Network.Read(text).Problem);

    [Theory]
    [InlineData("192.168.24.100,192.168.24.120", null)]
    [InlineData("192.168.24.100, 192.168.24.100", null)]
    [InlineData("fd00::9,fd00::a", null)]
    [InlineData("192.168.24.120,192.168.24.100", "begins after it ends")]
    [InlineData("192.168.24.100", "is not two addresses with ',' between")]
    [InlineData("192.168.24.100,", "has '', which is not an address")]
    [InlineData("192.168.24.100,fd00::1", "has an IPv4 and an IPv6 address")]
    public void A_range_has_a_first_and_a_last_address(string text, string? problem) =>
        Assert.Equal(problem, NetworkTypes.AddressRange.Read(text).Problem);

    [Theory]
    [InlineData("192.168.24.50", null)]
    [InlineData("192.168.24.80-192.168.24.90", null)]
    [InlineData("192.168.24.90-192.168.24.80", "begins after it ends")]
    [InlineData("192.168.24.0/24", "has a prefix length")]
    public void Excluded_are_addresses_and_ranges(string text, string? problem) =>
        Assert.Equal(problem, NetworkTypes.AddressOrRange.Read(text).Problem);

    [Theory]
    [InlineData("[{destination: 10.10.10.0/24, nexthop: 192.168.24.254}]", null)]
    [InlineData("[{nexthop:fd00::1,destination:fd01::/64} , {destination: 10.0.0.0/8, nexthop: 10.0.0.1}]", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("{destination: 10.10.10.0/24, nexthop: 192.168.24.254}", "is not in brackets")]
    [InlineData("[destination: 10.10.10.0/24]", "has an item that is not in braces")]
    [InlineData("[{destination: 10.10.10.0/24}]", "has a route that is not a destination and a nexthop")]
    [InlineData("[{destination: 10.10.10.0/24, nexthop: here}]", "has the nexthop 'here', which is not an address")]
    [InlineData("[{destination: there, nexthop: 10.0.0.1}]", "has the destination 'there', which is not a network")]
    [InlineData("[{destination: 10.0.0.0/8, nexthop: 10.0.0.1} {}]", "has the nexthop '10.0.0.1} {', which is not an address")]
    public void Routes_have_a_destination_and_a_next_hop(string text, string? problem) =>
        Assert.Equal(problem, NetworkTypes.HostRoutes.Read(text).Problem);

    [Fact]
    public void Routes_are_written_as_they_are_read() =>
        Assert.Equal("[{destination: 10.0.0.0/8, nexthop: 10.0.0.1}, {destination: fd01::/64, nexthop: fd00::1}]",
            NetworkTypes.HostRoutes.Write(NetworkTypes.HostRoutes.Read(
                "[{nexthop:10.0.0.1,destination:10.0.0.0/8},{destination: fd01::/64, nexthop: fd00::1}]").Value!));
}
