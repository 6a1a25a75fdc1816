using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class ConfigParametersTests
{
    private static readonly Surroundings s_surroundings =
        new() { HostName = "host.example.org", Home = "/home/stack", User = "stack", ConfigPath = "/home/stack/undercloud.conf" };

    [Fact]
    public void The_defaults_lead_to_these_parameters_of_the_own_templates() => Holds(
        """
        {
          "UndercloudHostname": "host.example.org", "ControlPlaneIp": "192.168.24.1", "ControlPlaneCidr": "192.168.24.1/24",
          "ControlPlaneInterface": "eth1", "ControlPlaneMtu": 1500, "CloudName": "192.168.24.2", "CloudNameCtlplane": "192.168.24.3",
          "Debug": true, "NtpServer": ["0.pool.ntp.org", "1.pool.ntp.org", "2.pool.ntp.org", "3.pool.ntp.org"]
        }
        """,
        Parameters(null));

    [Fact]
    public void What_is_set_reaches_its_parameter_IPv6_without_brackets() => Holds(
        """
        {
          "UndercloudHostname": "undercloud.example.org", "ControlPlaneIp": "fd00::1", "ControlPlaneCidr": "fd00::1/64",
          "ControlPlaneInterface": "bond0", "ControlPlaneMtu": 9000, "CloudName": "fd00::2", "CloudNameCtlplane": "admin.example.org",
          "Debug": false, "NtpServer": ["time.example.org"]
        }
        """,
        Parameters("""
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
            """));

    [Fact]
    public void No_servers_of_time_leave_the_templates_default() =>
        Assert.Null(Parameters("[DEFAULT]\nundercloud_ntp_servers =\n")["NtpServer"]);

    [Fact]
    public void The_defaults_of_a_release_are_those_it_had()
    {
        var queens = Read(null, ConfigReleases.Named("queens"));
        Assert.False(queens.IsOn(TlsOptions.GenerateServiceCertificate));
        Assert.Empty(queens.NtpServers);
        Assert.True(Read(null, ConfigReleases.Named("train")).IsOn(TlsOptions.GenerateServiceCertificate));
        Assert.False(Read(null, ConfigReleases.Named("wallaby")).IsOn(ServiceOptions.EnableMistral));
        Assert.Equal(["ipmi", "redfish"], Read(null, ConfigReleases.Named("pike")).Texts(HardwareOptions.EnabledHardwareTypes));
    }

    [Fact]
    public void What_is_set_wins_over_the_default_of_a_release() =>
        Assert.True(Read("[DEFAULT]\ngenerate_service_certificate = true\n", ConfigReleases.Named("queens"))
            .IsOn(TlsOptions.GenerateServiceCertificate));

    [Fact]
    public void There_is_a_release_of_each_name_and_none_of_others()
    {
        Assert.Equal(["pike", "queens", "rocky", "stein", "train", "ussuri", "victoria", "wallaby"], ConfigReleases.Names);
        Assert.All(ConfigReleases.Names, name => Assert.NotEqual(ConfigRelease.None, ConfigReleases.Named(name)));
        Assert.Equal(ConfigRelease.None, ConfigReleases.Named("xena"));
    }

    [Fact]
    public void The_own_templates_are_given_the_names_of_train_whatever_the_release_of_the_defaults()
    {
        var own = ConfigParameters.Of(Read(null, ConfigReleases.Named("queens")), s_surroundings).Parameters;
        Assert.True(own.ContainsKey("UndercloudCtlplaneSubnets"));
        Assert.False(own.ContainsKey("UndercloudNetworkCidr"));
    }

    [Fact]
    public void Other_templates_are_given_the_names_of_the_release_of_the_defaults()
    {
        var other = ConfigParameters.Of(Read("[DEFAULT]\ntemplates = /srv/queens\n", ConfigReleases.Named("queens")), s_surroundings).Parameters;
        Assert.Equal("192.168.24.0/24", other["UndercloudNetworkCidr"]);
        Assert.False(other.ContainsKey("UndercloudCtlplaneSubnets"));
        Assert.True(other.ContainsKey("ControlPlaneIp"));
    }

    [Fact]
    public void A_subnet_in_a_section_comes_to_the_same_for_queens_as_in_the_flat_layout()
    {
        const string Settings = "{0} = 10.1.0.0/24\n{1} = 10.1.0.254\ndhcp_start = 10.1.0.5\ndhcp_end = 10.1.0.9\ninspection_iprange = 10.1.0.50,10.1.0.60\n";
        var head = "[DEFAULT]\nlocal_ip = 10.1.0.1/24\nundercloud_public_host = 10.1.0.2\nundercloud_admin_host = 10.1.0.3\n";
        var flat = Read(head + string.Format(Settings, "network_cidr", "network_gateway"), ConfigRelease.Queens);
        var section = Read(head + "[ctlplane-subnet]\n" + string.Format(Settings, "cidr", "gateway"), ConfigRelease.Queens);
        var expected = ConfigParameters.For(flat, s_surroundings, ConfigRelease.Queens).Parameters;
        Assert.Equal("10.1.0.5", expected["UndercloudDhcpRangeStart"]);
        Assert.Equal(expected, ConfigParameters.For(section, s_surroundings, ConfigRelease.Queens).Parameters);
    }

    [Fact]
    public void A_name_with_several_addresses_of_a_family_stands_for_none()
    {
        var surroundings = s_surroundings with
        {
            Addresses = s_surroundings.Addresses.Add("public.example.org", [.. "10.0.0.2 10.0.0.3 fd00::2".Split(' ').Select(System.Net.IPAddress.Parse)]),
        };
        Assert.Null(surroundings.AddressOf("public.example.org", isIPv6: false));
        Assert.Equal("fd00::2", $"{surroundings.AddressOf("public.example.org", isIPv6: true)}");
    }

    // python-tripleoclient took the default network's other end then: an error, or a range across networks.
    [Theory]
    [InlineData("dhcp_start = 10.1.0.100", "10.1.0.100", "10.1.0.254")]
    [InlineData("dhcp_end = 10.1.0.20", "10.1.0.4", "10.1.0.20")]
    public void One_end_of_the_local_range_bounds_the_network_on_its_side_only(string line, string first, string last)
    {
        var subnets = (MapValue)Parameters($"""
            [DEFAULT]
            local_ip = 10.1.0.1/24
            undercloud_public_host = 10.1.0.2
            undercloud_admin_host = 10.1.0.3
            [ctlplane-subnet]
            cidr = 10.1.0.0/24
            gateway = 10.1.0.1
            inspection_iprange = 10.1.0.40,10.1.0.50
            {line}
            """)["UndercloudCtlplaneSubnets"]!;
        var pools = ((ListValue)((MapValue)subnets["ctlplane-subnet"]!)["AllocationPools"]!).Items;
        Assert.Equal(new MapValue([new("start", first), new("end", last)]), Assert.Single(pools));
    }

    [Fact]
    public void A_subnet_without_a_network_is_an_error_and_left_out()
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(
            "[DEFAULT]\nsubnets = ctlplane-subnet,leaf1\nenable_routed_networks = true\n[leaf1]\n", "f", "/home/stack", diagnostics);
        Assert.Contains(diagnostics.All, finding => finding is { Severity: Severity.Error, Code: ConfigCodes.MissingOption });
        Assert.Equal(["ctlplane-subnet"], ((MapValue)ConfigParameters.Of(config, s_surroundings).Parameters["UndercloudCtlplaneSubnets"]!).Keys);
    }

    [Theory]
    [InlineData("masquerade_network = 192.168.24.0/24", ConfigRelease.None, true)]
    [InlineData("masquerade_network = 10.0.0.0/24", ConfigRelease.None, false)]
    [InlineData("masquerade_network =", ConfigRelease.None, false)]
    [InlineData("", ConfigRelease.InstackQueens, true)]
    [InlineData("", ConfigRelease.None, false)]
    public void The_old_option_for_one_masqueraded_network_counts_for_the_subnet_that_is_it(string line, ConfigRelease compatibility, bool isMasqueraded)
    {
        var networks = ConfigParameters.Of(Read($"[DEFAULT]\n{line}\n", compatibility), s_surroundings).Parameters["MasqueradeNetworks"];
        Assert.Equal(isMasqueraded ? CanonicalJson.Read("""{"192.168.24.0/24": ["192.168.24.0/24"]}""") : MapValue.Empty, networks);
    }

    private static void Holds(string expected, MapValue parameters) =>
        Assert.All(((MapValue)CanonicalJson.Read(expected)).Entries, entry => Assert.Equal(entry.Value, parameters[entry.Key]));

    private static MapValue Parameters(string? text) => ConfigParameters.Of(Read(text, ConfigRelease.None), s_surroundings).Parameters;

    private static UndercloudConfig Read(string? text, ConfigRelease compatibility)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(text, "f", "/home/stack", diagnostics, compatibility);
        Assert.DoesNotContain(diagnostics.All, finding => finding.Severity == Severity.Error && !ConfigCodes.OfValidations.Contains(finding.Code));
        return config;
    }
}
