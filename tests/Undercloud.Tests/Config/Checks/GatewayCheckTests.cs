using Undercloud.Config;

namespace Undercloud.Tests.Config.Checks;

public sealed class GatewayCheckTests
{
    [Fact]
    public void A_virtual_address_is_not_the_routers() => Assert.Equal(
        """
        f:2:26: warning CFG054: undercloud_public_host 192.168.24.254 is also the gateway of [ctlplane-subnet].
          Choose another undercloud_public_host, or set gateway to the router's address: local_ip, if the undercloud is the router.
        """, Findings.Only("[DEFAULT]\nundercloud_public_host = 192.168.24.254\n[ctlplane-subnet]\ngateway = 192.168.24.254\n"));

    [Fact]
    public void Other_subnets_are_not_reached_through_the_undercloud_itself()
    {
        const string Two = "[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n[leaf1]\ncidr = 10.0.0.0/24\ngateway = 10.0.0.1\n"
            + "inspection_iprange = 10.0.0.100,10.0.0.120\n";
        Assert.Equal(
            """
            f:2:11: warning CFG055: gateway 192.168.24.1 of [ctlplane-subnet] is local_ip: the undercloud would reach the other subnets through itself.
              Set gateway to the router between the subnets.
            """, string.Join('\n', Findings.All(Two).Where(finding => finding.Code == ConfigCodes.OwnGateway)));
        Assert.DoesNotContain(Findings.All(Two + "[ctlplane-subnet]\ngateway = 192.168.24.254\n"), finding => finding.Code == ConfigCodes.OwnGateway);
    }

    [Fact]
    public void Proposed_networks_are_private_and_overlap_nothing()
    {
        const string Three = "[DEFAULT]\nsubnets = ctlplane-subnet, a, b\nenable_routed_networks = true\nlocal_ip = {0}.1/{1}\n"
            + "[ctlplane-subnet]\ncidr = {0}.0/{1}\n[a]\ncidr = {0}.0/{1}\n[b]\ncidr = {0}.0/{1}\n";
        Assert.Equal(["192.168.25.0/24", "192.168.26.0/24"], Proposals(string.Format(null, Three, "192.168.24", 24)));
        Assert.Equal(["192.168.0.0/17", "172.16.0.0/17"], Proposals(string.Format(null, Three, "192.168.128", 17)));
        Assert.Equal(["192.168.254.0/24", "192.168.0.0/24"],
            Proposals(string.Format(null, Three, "192.168.253", 24).Replace("[b]\ncidr = 192.168.253.0/24", "[b]\ncidr = 192.168.255.0/24\n[c]\ncidr = 192.168.255.0/24", StringComparison.Ordinal)
                .Replace("a, b", "a, b, c", StringComparison.Ordinal)));
        Assert.Equal(["192.168.0.0/24", "192.168.1.0/24"], Proposals(string.Format(null, Three, "203.0.113", 24)));
        Assert.Empty(Proposals(string.Format(null, Three, "10.0.0", 8)));
    }

    private static IEnumerable<string> Proposals(string file) =>
        Findings.All(file).Where(finding => finding.Code == ConfigCodes.SubnetOverlap && finding.Remedy!.Contains("cidr = ", StringComparison.Ordinal))
            .Select(finding => finding.Remedy!.Split("cidr = ")[1].Split(' ')[0]);
}
