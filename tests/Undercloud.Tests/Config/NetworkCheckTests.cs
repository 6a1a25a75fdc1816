using System.Net;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class NetworkCheckTests
{
    [Theory]
    [InlineData("local_ip = 192.168.24.50/24")]
    [InlineData("local_ip = 10.0.0.1/8\nundercloud_public_host = 10.200.0.1\nundercloud_admin_host = 10.0.0.2")]
    [InlineData("local_ip = fd00::1/64\nundercloud_public_host = fd00::2\nundercloud_admin_host = fd00:0::3")]
    [InlineData("local_ip = 10.0.0.1/31\nundercloud_public_host = 10.0.0.0\nundercloud_admin_host = admin.example.org")]
    [InlineData("local_ip = 10.0.0.1/24\nundercloud_public_host = cloud\nundercloud_admin_host = cloud")]
    public void Hosts_in_the_network_or_with_names_are_right(string options) => Assert.Equal("", Errors(options));

    [Fact]
    public void Defaults_outside_the_network_say_what_to_set() => Assert.Equal(
        """
        f:2:12: error CFG010: undercloud_public_host (192.168.24.2) and undercloud_admin_host (192.168.24.3) are left at their defaults, which are not in the network 10.0.0.0/24 of local_ip.
          Set undercloud_public_host = 10.0.0.1 and undercloud_admin_host = 10.0.0.3.
        """, Errors("local_ip = 10.0.0.2/24"));

    [Fact]
    public void One_default_outside_the_network_gets_an_address_that_is_free() => Assert.Equal(
        """
        f:2:12: error CFG010: undercloud_admin_host (192.168.24.3) is left at its default, which is not in the network fd00::/64 of local_ip.
          Set undercloud_admin_host = fd00::3.
        """, Errors("local_ip = fd00::1/64\nundercloud_public_host = fd00::2"));

    [Fact]
    public void A_network_without_room_for_two_hosts_is_too_small() => Assert.Contains(
        "10.0.0.0/30 is too small for local_ip and two hosts: give local_ip a shorter prefix.", Errors("local_ip = 10.0.0.1/30"), StringComparison.Ordinal);

    [Theory]
    [InlineData("undercloud_admin_host = 10.0.0.1", "error CFG010: undercloud_admin_host 10.0.0.1 is not in the network 192.168.24.0/24 of local_ip.")]
    [InlineData("undercloud_public_host = fd00::1",
        "error CFG027: undercloud_public_host fd00::1 is an IPv6 address, but local_ip 192.168.24.1/24 is an IPv4 one.")]
    [InlineData("undercloud_admin_host = 192.168.24.255",
        "error CFG010: undercloud_admin_host 192.168.24.255 is the first or the last address of the network 192.168.24.0/24 of local_ip.")]
    public void A_host_outside_the_network_is_an_error_where_it_is_set(string option, string message) =>
        Assert.StartsWith($"f:2:{option.IndexOf('=') + 3}: {message}", Errors(option), StringComparison.Ordinal);

    [Fact]
    public void A_public_host_outside_the_network_is_let_pass_with_a_warning() => Assert.Equal(
        """
        f:2:26: warning CFG010: undercloud_public_host 10.0.0.1 is not in the network 192.168.24.0/24 of local_ip. Whoever uses it needs a route to it.
          Set undercloud_public_host = 192.168.24.2.
        """, Errors("undercloud_public_host = 10.0.0.1"));

    [Fact]
    public void A_proposed_address_is_none_that_nodes_get() => Assert.Contains("Set undercloud_admin_host = 192.168.24.25.",
        Errors("local_ip = 192.168.24.3/24\nundercloud_public_host = 192.168.24.4\nundercloud_admin_host = 10.0.0.1\n"
            + "[ctlplane-subnet]\ngateway = 192.168.24.2\ndhcp_exclude = 192.168.24.1\ndhcp_start = 192.168.24.1"), StringComparison.Ordinal);

    [Theory]
    [InlineData("undercloud_public_host = 192.168.24.1", "local_ip and undercloud_public_host are both 192.168.24.1.", "Set undercloud_public_host = 192.168.24.2.")]
    [InlineData("undercloud_public_host = 192.168.24.3", "undercloud_public_host and undercloud_admin_host are both 192.168.24.3.",
        "Set undercloud_public_host = 192.168.24.2.")]
    [InlineData("local_ip = 192.168.24.3/24", "local_ip and undercloud_admin_host are both 192.168.24.3.", "Set undercloud_admin_host = 192.168.24.4.")]
    public void An_address_is_used_once(string option, string message, string remedy)
    {
        var errors = Errors(option);
        Assert.Contains($"f:2:{option.IndexOf('=') + 3}: error CFG011: {message}\n  {remedy}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_local_ip_brings_no_errors_about_hosts() =>
        Assert.StartsWith("f:2:12: error CFG008: local_ip is '10.0.0.1', which has no prefix length.\n  Allowed:", Errors("local_ip = 10.0.0.1"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "10.255.255.254", true)]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.1.2.3/31", "10.1.2.2/31", "10.1.2.2", true)]
    [InlineData("fd00::ffff:1/64", "fd00::/64", "fd00::ffff:ffff:ffff:ffff", true)]
    [InlineData("fd00::1/64", "fd00::/64", "10.0.0.1", false)]
    public void A_network_knows_its_hosts(string text, string network, string host, bool held)
    {
        Assert.True(AddressWithPrefix.TryParse(text, out var address));
        Assert.Equal((network, held), (address.Network, address.Holds(IPAddress.Parse(host))));
    }

    // What these checks and the types say; the subnet is left at its defaults here.
    private static readonly string[] s_codes = ["CFG008", "CFG010", "CFG011", "CFG027"];

    private static string Errors(string options)
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read($"[DEFAULT]\n{options}\n", "f", "/home/stack", diagnostics);
        return string.Join('\n', diagnostics.All.Where(finding => s_codes.Contains(finding.Code)));
    }
}
