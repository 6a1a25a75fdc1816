namespace Undercloud.Tests.Config.Checks;

public sealed class SubnetsTogetherCheckTests
{
    private const string Two = "[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n[ctlplane-subnet]\ngateway = 192.168.24.254\n";

    [Fact]
    public void Networks_side_by_side_are_right() => Findings.None(
        $"{Two}[leaf1]\ncidr = 192.168.25.0/24\ngateway = 192.168.25.1\ninspection_iprange = 192.168.25.100,192.168.25.120\n");

    [Theory]
    [InlineData("192.168.24.0/24", "192.168.25.0/24")]
    [InlineData("192.168.24.128/25", "192.168.25.0/25")]
    [InlineData("192.168.0.0/16", "172.16.0.0/16")]
    public void Networks_with_addresses_in_common_are_an_error(string cidr, string free) => Assert.Contains(
        $"f:7:8: error CFG021: The network {cidr} of [leaf1] overlaps 192.168.24.0/24 of [ctlplane-subnet].\n"
            + $"  Give each subnet a network of its own, e.g. cidr = {free} for [leaf1].",
        Findings.Text($"{Two}[leaf1]\ncidr = {cidr}\n"), StringComparison.Ordinal);

    [Fact]
    public void The_network_proposed_is_used_by_no_other_subnet() => Assert.Contains("e.g. cidr = 192.168.26.0/24 for [leaf1].",
        Findings.Text("[DEFAULT]\nsubnets = ctlplane-subnet, leaf1, leaf2\nenable_routed_networks = true\n[leaf1]\ncidr = 192.168.24.0/24\n"
            + "[leaf2]\ncidr = 192.168.25.0/24\n"), StringComparison.Ordinal);

    [Fact]
    public void Where_no_private_network_is_free_nothing_is_proposed() => Assert.Contains("Give each subnet a network of its own.\n",
        Findings.Text($"{Two}cidr = 10.0.0.0/8\n[leaf1]\ncidr = 10.0.0.0/8\n") + "\n", StringComparison.Ordinal);

    [Fact]
    public void Subnets_are_of_one_family() => Assert.Contains(
        "f:7:8: error CFG027: [leaf1] is the IPv6 network fd01::/64, but the local subnet [ctlplane-subnet] is the IPv4 network 192.168.24.0/24.\n"
            + "  Give [leaf1] an IPv4 network.",
        Findings.Text($"{Two}[leaf1]\ncidr = fd01::/64\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[DEFAULT]\nundercloud_nameservers = 10.0.0.9, 10.0.0.10\n")]
    [InlineData("[DEFAULT]\nundercloud_nameservers = fd00::9\n[ctlplane-subnet]\ndns_nameservers = 10.0.0.9\n")]
    public void Name_servers_of_the_subnets_family_are_right(string file) => Findings.None(file);

    [Fact]
    public void A_common_name_server_of_the_other_family_is_an_error() => Assert.Equal(
        "f:2:26: error CFG027: undercloud_nameservers fd00::9 is an IPv6 address, but the nodes of [ctlplane-subnet] use it, which is the IPv4 network "
            + "192.168.24.0/24.\n  Take it out, or name IPv4 servers for the nodes in dns_nameservers of [ctlplane-subnet].",
        Findings.Only("[DEFAULT]\nundercloud_nameservers = 10.0.0.9, fd00::9\n"));

    [Fact]
    public void A_subnets_name_server_of_the_other_family_is_an_error() => Assert.StartsWith(
        "f:2:19: error CFG027: dns_nameservers fd00::9 is an IPv6 address, but [ctlplane-subnet] is the IPv4 network 192.168.24.0/24.",
        Findings.Only("[ctlplane-subnet]\ndns_nameservers = fd00::9\n"), StringComparison.Ordinal);

    [Fact]
    public void All_subnets_have_name_servers_or_none() => Assert.Equal(
        "f:6:19: error CFG028: [ctlplane-subnet] has dns_nameservers, [leaf1] has none.\n  Set dns_nameservers in [leaf1] too, or nowhere.",
        Findings.Only($"{Two}dns_nameservers = 10.0.0.9\n[leaf1]\ncidr = 192.168.25.0/24\ngateway = 192.168.25.1\n"
            + "inspection_iprange = 192.168.25.100,192.168.25.120\n"));

    [Fact]
    public void More_than_five_name_servers_are_too_many() => Assert.Contains("error CFG008: undercloud_nameservers is '1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6', which has 6 items.",
        Findings.Only("[DEFAULT]\nundercloud_nameservers = 1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{destination: 10.1.0.0/16, nexthop: 192.168.24.254}")]
    [InlineData("{destination: 0.0.0.0/0, nexthop: 192.168.24.1}, {destination: 10.9.9.9/32, nexthop: 192.168.24.1}")]
    public void Routes_through_a_neighbour_are_right(string routes) => Findings.None($"[ctlplane-subnet]\nhost_routes = [{routes}]\n");

    [Theory]
    [InlineData("10.1.0.0/16", "10.9.9.9", "error CFG013: The nexthop 10.9.9.9 in host_routes is not in the network 192.168.24.0/24 of [ctlplane-subnet], so no node "
        + "reaches it.\n  Write a router that is in the network, e.g. 192.168.24.1.")]
    [InlineData("10.1.0.0/16", "fd00::1", "error CFG027: The nexthop fd00::1 in host_routes is IPv6")]
    [InlineData("fd00::/16", "192.168.24.1", "error CFG027: The destination fd00::/16 in host_routes is IPv6")]
    [InlineData("10.1.0.0/16", "192.168.24.255", "error CFG014: The nexthop 192.168.24.255 in host_routes is the first or the last address")]
    [InlineData("10.1.2.3/16", "192.168.24.1", "warning CFG038: The destination 10.1.2.3/16 in host_routes of [ctlplane-subnet] is an address in the network 10.1.0.0/16.\n"
        + "  Write destination: 10.1.0.0/16.")]
    public void A_route_that_leads_nowhere_is_a_finding(string destination, string hop, string finding) => Assert.StartsWith($"f:2:15: {finding}",
        Findings.Only($"[ctlplane-subnet]\nhost_routes = [{{destination: {destination}, nexthop: {hop}}}]\n"), StringComparison.Ordinal);
}
