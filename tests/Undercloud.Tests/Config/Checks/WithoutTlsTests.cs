using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>Without TLS no release looked at undercloud_public_host and undercloud_admin_host.</summary>
public sealed class WithoutTlsTests
{
    private const string Other = "[ctlplane-subnet]\ncidr = 10.0.0.0/24\ngateway = 10.0.0.1\ninspection_iprange = 10.0.0.100,10.0.0.120\n";

    [Theory]
    [InlineData("local_ip = 10.0.0.1/24\n" + Other)]
    [InlineData("local_ip = 192.168.24.2/24\n")]
    [InlineData("undercloud_public_host = 192.168.24.1\nundercloud_admin_host = 192.168.24.1\n")]
    [InlineData("[ctlplane-subnet]\ninspection_iprange = 192.168.24.2,192.168.24.4\n")]
    public void Hosts_that_nobody_uses_are_not_judged(string file) => Findings.None("[DEFAULT]\ngenerate_service_certificate = false\n" + file);

    [Fact]
    public void So_it_is_with_the_releases_that_had_no_TLS_by_default()
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read("[DEFAULT]\nlocal_ip = 10.0.0.1/24\n" + Other, "f", "/home/stack", diagnostics, ConfigReleases.Named("pike"));
        Assert.DoesNotContain(diagnostics.All, finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public void A_host_of_its_own_is_said_to_have_no_effect() => Assert.Equal(
        """
        f:2:25: warning CFG033: undercloud_admin_host has no effect without TLS: all endpoints are at local_ip 192.168.24.1.
          Take it out, or set generate_service_certificate = true.
        """, Findings.Only("[DEFAULT]\nundercloud_admin_host = 10.0.0.9\ngenerate_service_certificate = false\n"));

    [Theory]
    [InlineData("")]
    [InlineData("generate_service_certificate = false\nundercloud_service_certificate = /etc/own.pem\n")]
    [InlineData("generate_service_certificate = maybe\n")]
    public void With_TLS_they_are_judged_as_ever(string options) => Assert.Contains(
        Findings.All($"[DEFAULT]\nlocal_ip = 10.0.0.1/24\n{options}{Other}"), finding => finding.Code == ConfigCodes.OutsideNetwork);
}
