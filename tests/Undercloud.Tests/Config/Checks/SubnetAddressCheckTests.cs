namespace Undercloud.Tests.Config.Checks;

public sealed class SubnetAddressCheckTests
{
    private const string Own = "[DEFAULT]\nlocal_ip = 10.0.0.1/24\nundercloud_public_host = 10.0.0.2\nundercloud_admin_host = 10.0.0.3\n";
    private const string Subnet = "[ctlplane-subnet]\ncidr = 10.0.0.0/24\n";

    [Fact]
    public void The_defaults_go_together() => Findings.None("[DEFAULT]\n");

    [Fact]
    public void A_whole_subnet_of_its_own_is_right() => Findings.None(
        $"{Own}{Subnet}gateway = 10.0.0.254\ndhcp_start = 10.0.0.5, 10.0.0.60\ndhcp_end = 10.0.0.50, 10.0.0.70\n"
            + "dhcp_exclude = 10.0.0.10, 10.0.0.20-10.0.0.22\ninspection_iprange = 10.0.0.100,10.0.0.120\n"
            + "host_routes = [{destination: 10.1.0.0/16, nexthop: 10.0.0.253}]\ndns_nameservers = 10.9.9.9\nmasquerade = true\n");

    [Fact]
    public void DHCP_may_be_left_to_the_network() => Findings.None(
        $"{Own}{Subnet}gateway = 10.0.0.1\ninspection_iprange = 10.0.0.100,10.0.0.120\n");

    [Fact]
    public void A_local_ip_elsewhere_says_what_to_set_in_the_section() => Assert.Equal(
        """
        f:2:12: error CFG013: local_ip 10.0.0.1 is not in the network of [ctlplane-subnet], where cidr is left at its default 192.168.24.0/24.
          Set in [ctlplane-subnet] cidr = 10.0.0.0/24, gateway = 10.0.0.1 and inspection_iprange = 10.0.0.100,10.0.0.120.
        """, Findings.Only(Own));

    [Fact]
    public void The_proposal_for_the_section_is_right() => Findings.None(
        $"{Own}{Subnet}gateway = 10.0.0.1\ninspection_iprange = 10.0.0.100,10.0.0.120\n");

    [Fact]
    public void A_cidr_elsewhere_says_what_to_set() => Assert.Equal(
        """
        f:2:8: error CFG013: local_ip is left at its default 192.168.24.1/24, which is not in the network 10.0.0.0/24 of [ctlplane-subnet].
          Set local_ip = 10.0.0.1/24, or cidr to the network that local_ip is in.
        f:2:8: error CFG013: gateway (192.168.24.1) and inspection_iprange (192.168.24.100,192.168.24.120) of [ctlplane-subnet] are left at their defaults, which are not in the network 10.0.0.0/24.
          Set gateway = 10.0.0.1 and inspection_iprange = 10.0.0.100,10.0.0.120.
        """, Findings.Text(Subnet));

    [Fact]
    public void A_local_ip_outside_its_subnet_is_an_error_where_it_is_set() => Assert.Contains(
        "f:2:12: error CFG013: local_ip 10.9.0.1 is not in the network 10.0.0.0/24 of [ctlplane-subnet].",
        Findings.Text($"[DEFAULT]\nlocal_ip = 10.9.0.1/24\n{Subnet}"), StringComparison.Ordinal);

    [Fact]
    public void The_prefix_lengths_of_local_ip_and_its_subnet_should_be_the_same() => Assert.Equal(
        "f:2:12: warning CFG015: local_ip has the prefix length 25, cidr of [ctlplane-subnet] has 24.\n"
            + "  Set local_ip = 192.168.24.1/24, or cidr = 192.168.24.0/25.",
        Findings.Only("[DEFAULT]\nlocal_ip = 192.168.24.1/25\n"));

    [Theory]
    [InlineData("gateway = 10.9.0.1", "f:8:11: error CFG013: gateway 10.9.0.1 is not in the network 10.0.0.0/24 of [ctlplane-subnet].\n  Set gateway = 10.0.0.1.")]
    [InlineData("gateway = fd00::1", "f:8:11: error CFG027: gateway fd00::1 is an IPv6 address, but [ctlplane-subnet] is the IPv4 network 10.0.0.0/24.\n"
        + "  Set gateway = 10.0.0.1.")]
    [InlineData("gateway = 10.0.0.0", "f:8:11: error CFG014: gateway 10.0.0.0 is the first address of the network 10.0.0.0/24 of [ctlplane-subnet], which is no host's.\n"
        + "  Set gateway = 10.0.0.1.")]
    [InlineData("gateway = 10.0.0.255", "f:8:11: error CFG014: gateway 10.0.0.255 is the last address")]
    [InlineData("dhcp_start = 10.9.0.5\ndhcp_end = 10.0.0.9", "f:8:14: error CFG013: dhcp_start 10.9.0.5 is not in the network 10.0.0.0/24 of [ctlplane-subnet].\n"
        + "  Set dhcp_start = 10.0.0.5 and dhcp_end = 10.0.0.24.")]
    [InlineData("dhcp_start = 10.0.0.5\ndhcp_end = 10.9.0.9", "f:9:12: error CFG013: dhcp_end 10.9.0.9 is not in the network")]
    [InlineData("dhcp_start = 10.0.0.5, 10.0.0.30\ndhcp_end = 10.0.0.9, fd00::9", "f:9:12: error CFG027: dhcp_end fd00::9 is an IPv6 address")]
    [InlineData("dhcp_start = 10.0.0.200\ndhcp_end = 10.0.0.255", "f:9:12: warning CFG014: dhcp_end 10.0.0.255 is the last address")]
    [InlineData("dhcp_exclude = 10.0.0.7, 10.9.0.1-10.9.0.3", "f:8:16: warning CFG013: dhcp_exclude 10.9.0.1-10.9.0.3 is not in the network 10.0.0.0/24")]
    public void An_address_is_one_of_the_subnets(string options, string finding) => Assert.Contains(finding,
        Findings.Text($"{Own}{Subnet}inspection_iprange = 10.0.0.100,10.0.0.120\n{options}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("10.9.0.1,10.9.0.9", "error CFG013: inspection_iprange 10.9.0.1 is not in the network 10.0.0.0/24 of [ctlplane-subnet].\n"
        + "  Set inspection_iprange = 10.0.0.100,10.0.0.120.")]
    [InlineData("10.0.0.100,10.0.9.9", "error CFG013: inspection_iprange 10.0.9.9 is not in the network")]
    [InlineData("fd00::1,fd00::9", "error CFG027: inspection_iprange fd00::1 is an IPv6 address")]
    [InlineData("10.0.0.100,10.0.0.255", "warning CFG014: inspection_iprange 10.0.0.255 is the last address")]
    public void An_inspection_range_is_in_the_subnet(string range, string finding) => Assert.Contains($"f:8:22: {finding}",
        Findings.Text($"{Own}{Subnet}gateway = 10.0.0.1\ninspection_iprange = {range}\n"), StringComparison.Ordinal);

    [Fact]
    public void Stateless_IPv6_needs_no_inspection_range() => Findings.None(
        "[DEFAULT]\nlocal_ip = fd00::1/64\nundercloud_public_host = fd00::2\nundercloud_admin_host = fd00::3\n"
            + "[ctlplane-subnet]\ncidr = fd00::/64\ngateway = fd00::1\n");

    [Fact]
    public void Stateful_IPv6_does() => Assert.Contains("inspection_iprange (192.168.24.100,192.168.24.120) of [ctlplane-subnet] is left at its default",
        Findings.Only("[DEFAULT]\nlocal_ip = fd00::1/64\nundercloud_public_host = fd00::2\nundercloud_admin_host = fd00::3\n"
            + "ipv6_address_mode = dhcpv6-stateful\n[ctlplane-subnet]\ncidr = fd00::/64\ngateway = fd00::1\n"), StringComparison.Ordinal);

    [Fact]
    public void A_network_too_small_for_what_is_missing_gets_no_impossible_proposal() => Assert.Contains(
        "The network 10.0.0.0/30 is too small: give cidr a shorter prefix.",
        Findings.Text("[DEFAULT]\nlocal_ip = 10.0.0.1/30\n[ctlplane-subnet]\ncidr = 10.0.0.0/30\n"), StringComparison.Ordinal);

    [Fact]
    public void A_cidr_is_written_with_its_first_address() => Assert.Equal(
        "f:2:8: warning CFG038: cidr 192.168.24.7/24 of [ctlplane-subnet] is an address in the network 192.168.24.0/24.\n  Write cidr = 192.168.24.0/24.",
        Findings.Only("[ctlplane-subnet]\ncidr = 192.168.24.7/24\n"));

    [Fact]
    public void A_wrong_cidr_brings_no_other_finding() => Assert.StartsWith("f:2:8: error CFG008: cidr is '10.0.0.0/33'",
        Findings.Only("[ctlplane-subnet]\ncidr = 10.0.0.0/33\ngateway = 10.9.9.9\n"), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_gateway_brings_no_other_finding() => Assert.StartsWith("f:2:11: error CFG008: gateway is '192.168.24.1/24'",
        Findings.Only("[ctlplane-subnet]\ngateway = 192.168.24.1/24\n"), StringComparison.Ordinal);
}
