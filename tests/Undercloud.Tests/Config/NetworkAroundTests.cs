using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class NetworkAroundTests
{
    [Theory]
    [InlineData("192.0.2.1/24", "192.0.2.2", "192.0.2.3", "192.0.2.100,192.0.2.120")]
    [InlineData("10.0.3.9/16", "10.0.0.1", "10.0.0.2", "10.0.0.100,10.0.0.120")]
    [InlineData("fd12::1/64", "fd12::2", "fd12::3", "fd12::64,fd12::78")]
    public void An_address_has_the_defaults_of_its_network(string local, string publicHost, string adminHost, string inspection)
    {
        Assert.True(AddressWithPrefix.TryParse(local, out var address));
        var text = NetworkAround.Text(address);
        Assert.Contains($"undercloud_public_host = {publicHost}\nundercloud_admin_host = {adminHost}\n", text);
        Assert.Contains($"cidr = {address.Network}\ngateway = {address.Address}\ninspection_iprange = {inspection}\n", text);
    }

    [Theory]
    [InlineData("192.0.2.1/24")]
    [InlineData("10.0.3.9/16")]
    [InlineData("172.16.5.30/27")]
    [InlineData("fd12::1/64")]
    public void They_have_no_finding(string local)
    {
        Assert.True(AddressWithPrefix.TryParse(local, out var address));
        var findings = new DiagnosticBag();
        UndercloudConfig.Read([new("around", NetworkAround.Text(address)), new("given", $"[DEFAULT]\nlocal_ip = {local}\n")], "/home/stack", findings);
        Assert.Empty(findings.All.Where(finding => finding.Code != "CFG012" && finding.Severity == Severity.Error));
    }
}
