using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class SubnetOptionsTests
{
    [Fact]
    public void Every_subnet_has_its_section_and_only_the_local_one_has_defaults()
    {
        var config = Read("""
            [DEFAULT]
            subnets = leaf0, leaf1
            local_subnet = leaf0
            enable_routed_networks = true
            [leaf0]
            [leaf1]
            cidr = 10.0.1.0/24
            """, out var findings);
        Assert.Equal("CFG016", Assert.Single(findings, finding => finding.Severity == Severity.Error).Code);
        Assert.Equal((Value)"192.168.24.0/24", Of(config, "leaf0", "cidr").Value);
        Assert.Equal((Value)"10.0.1.0/24", Of(config, "leaf1", "cidr").Value);
        Assert.Equal((Value.Null, ListValue.Empty), (Of(config, "leaf1", "gateway").Value, Of(config, "leaf1", "dhcp_start").Value));
        Assert.DoesNotContain(config.Settings, setting => setting.Option.Group == "ctlplane-subnet");
    }

    [Fact]
    public void The_flat_options_of_pike_set_the_local_subnet()
    {
        var config = Read("""
            [DEFAULT]
            network_cidr = 10.0.0.0/24
            network_gateway = 10.0.0.1
            dhcp_start = 10.0.0.5
            dhcp_end = 10.0.0.9
            discovery_iprange = 10.0.0.20,10.0.0.30
            local_ip = 10.0.0.1/24
            undercloud_public_host = 10.0.0.2
            undercloud_admin_host = 10.0.0.3
            """, out var findings);
        Assert.Equal("f:2:16 (as network_cidr in [DEFAULT])", Of(config, "ctlplane-subnet", "cidr").Source);
        Assert.Equal((Value)"10.0.0.20,10.0.0.30", Of(config, "ctlplane-subnet", "inspection_iprange").Value);
        Assert.Equal(new ListValue(["10.0.0.5"]), Of(config, "ctlplane-subnet", "dhcp_start").Value);
        var deprecated = findings.Where(finding => finding.Code == "CFG006").ToList();
        Assert.Equal([2, 3, 4, 5, 6], deprecated.Select(finding => finding.Location!.Value.Line));
        Assert.Equal(("dhcp_start in [DEFAULT] is an old name of dhcp_start in [ctlplane-subnet].", "Write dhcp_start in [ctlplane-subnet] in its place."),
            (deprecated[2].Message, deprecated[2].Remedy));
        Assert.All(findings, finding => Assert.Equal(Severity.Warning, finding.Severity));
    }

    [Fact]
    public void A_section_wins_over_a_flat_option()
    {
        var config = Read("[DEFAULT]\nnetwork_cidr = 10.0.0.0/24\n[ctlplane-subnet]\ncidr = 10.0.9.0/24\n", out var findings);
        Assert.Equal((Value)"10.0.9.0/24", Of(config, "ctlplane-subnet", "cidr").Value);
        Assert.Contains(findings, finding => finding.Code == "CFG007" && finding.Location!.Value.Line == 2);
    }

    [Theory]
    [InlineData("subnets = DEFAULT", "has the item 'DEFAULT', which is the name of a section that is none of a subnet")]
    [InlineData("subnets = a b", "has the item 'a b', which has a character that a section's name has not")]
    [InlineData("local_subnet =", "is empty")]
    public void A_subnet_has_a_name_a_section_can_have(string line, string problem)
    {
        Read($"[DEFAULT]\n{line}\n", out var findings);
        Assert.Contains(problem, Assert.Single(findings, finding => finding.Severity == Severity.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_subnets_than_anybody_has_are_an_error_in_bounded_time()
    {
        var config = Read($"[DEFAULT]\nsubnets = {string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"s{i}"))}\n", out var findings);
        Assert.Contains("has 100000 items", Assert.Single(findings, finding => finding.Severity == Severity.Error).Message, StringComparison.Ordinal);
        Assert.InRange(config.Settings.Length, 1, 3000);
    }

    [Fact]
    public void Settings_without_an_effect_are_named_with_the_reason()
    {
        Read("[DEFAULT]\nenable_ui = true\nmasquerade_network = 10.0.0.0/24\n", out var findings);
        Assert.Equal(
            """
            f:2:1: warning CFG012: enable_ui has no effect. The web interface of TripleO was given up in train.
              Use the command line, or the OpenStack dashboard of the distribution.
            f:3:22: warning CFG006: masquerade_network is on its way out, and no subnet has the cidr 10.0.0.0/24: nothing is masqueraded because of it.
              Take it out, or write masquerade = true in the section of the subnet that is to be masqueraded.
            """, string.Join('\n', findings));
    }

    [Fact]
    public void A_wrong_password_is_not_shown()
    {
        Read("[auth]\nundercloud_heat_encryption_key = hush\n", out var findings);
        Assert.Equal("undercloud_heat_encryption_key is a text, which is 4 characters long.",
            Assert.Single(findings, finding => finding.Severity == Severity.Error).Message);
    }

    private static Setting Of(UndercloudConfig config, string group, string name) =>
        Assert.Single(config.Settings, setting => setting.Option.Group == group && setting.Option.Name == name);

    private static UndercloudConfig Read(string text, out ImmutableArray<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(text, "f", "/home/stack", diagnostics);
        findings = diagnostics.All;
        return config;
    }
}
