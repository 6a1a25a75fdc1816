using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class ConfigParametersTests
{
    [Fact]
    public void The_defaults_lead_to_these_parameters() => Assert.Equal(
        CanonicalJson.Read("""
            {
              "UndercloudHostname": "host.example.org", "ControlPlaneIp": "192.168.24.1", "ControlPlaneCidr": "192.168.24.1/24",
              "ControlPlaneInterface": "eth1", "ControlPlaneMtu": 1500, "CloudName": "192.168.24.2", "CloudNameCtlplane": "192.168.24.3",
              "Debug": true, "NtpServer": ["0.pool.ntp.org", "1.pool.ntp.org", "2.pool.ntp.org", "3.pool.ntp.org"]
            }
            """),
        Parameters(null));

    [Fact]
    public void What_is_set_reaches_its_parameter_IPv6_without_brackets()
    {
        var parameters = Parameters("""
            [DEFAULT]
            undercloud_hostname = undercloud.example.org
            local_ip = fd00::1/64
            undercloud_public_host = fd00::2
            undercloud_admin_host = admin.example.org
            local_interface = bond0
            local_mtu = 9000
            undercloud_debug = off
            undercloud_ntp_servers = time.example.org
            [ctlplane-subnet]
            cidr = fd00::/64
            gateway = fd00::1
            """);
        Assert.Equal(
            CanonicalJson.Read("""
                {
                  "UndercloudHostname": "undercloud.example.org", "ControlPlaneIp": "fd00::1", "ControlPlaneCidr": "fd00::1/64",
                  "ControlPlaneInterface": "bond0", "ControlPlaneMtu": 9000, "CloudName": "fd00::2", "CloudNameCtlplane": "admin.example.org",
                  "Debug": false, "NtpServer": ["time.example.org"]
                }
                """),
            parameters);
    }

    private static MapValue Parameters(string? text)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(text, "f", "/home/stack", diagnostics);
        Assert.False(diagnostics.HasErrors);
        return ConfigParameters.ToParameterDefaults(config, "host.example.org");
    }
}
