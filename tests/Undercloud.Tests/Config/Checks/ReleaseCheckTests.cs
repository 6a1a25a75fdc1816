using Undercloud.Config;

namespace Undercloud.Tests.Config.Checks;

/// <summary>
/// Each check that instack-undercloud (pike, queens) or python-tripleoclient (queens to wallaby) made of the file alone, with a file
/// that it refused: instack_undercloud/validator.py and undercloud.py, tripleoclient/v1/undercloud_preflight.py and undercloud_config.py.
/// </summary>
public sealed class ReleaseCheckTests
{
    private const string Two = "[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n";

    [Theory]
    [InlineData("_validate_value_formats: local_ip without a length", "[DEFAULT]\nlocal_ip = 192.168.24.1\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: local_ip /32", "[DEFAULT]\nlocal_ip = 192.168.24.1/32\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: local_ip /0", "[DEFAULT]\nlocal_ip = 192.168.24.1/0\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: local_ip IPv6 not /64", "[DEFAULT]\nlocal_ip = fd00::1/65\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: cidr /32", "[ctlplane-subnet]\ncidr = 192.168.24.0/32\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: cidr /0", "[ctlplane-subnet]\ncidr = 192.168.24.0/0\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: cidr IPv6 not /64", "[ctlplane-subnet]\ncidr = fd00::/56\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_value_formats: undercloud_hostname without a dot", "[DEFAULT]\nundercloud_hostname = undercloud\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_network: several subnets, not routed", "[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\n[leaf1]\ncidr = 10.0.0.0/24\n",
        ConfigCodes.RoutedNetworks)]
    [InlineData("_validate_network: cidr overlaps", Two + "[leaf1]\ncidr = 192.168.24.0/25\n", ConfigCodes.SubnetOverlap)]
    [InlineData("_validate_no_missing_subnet_param", Two + "[leaf1]\ncidr = 10.0.0.0/24\n", ConfigCodes.MissingOption)]
    [InlineData("_generate_inspection_subnets: no section", Two, ConfigCodes.MissingSection)]
    [InlineData("_validate_in_cidr: local_ip", "[DEFAULT]\nlocal_ip = 10.0.0.1/24\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: gateway", "[ctlplane-subnet]\ngateway = 10.0.0.1\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: dhcp_start", "[ctlplane-subnet]\ndhcp_start = 10.0.0.5\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: dhcp_end", "[ctlplane-subnet]\ndhcp_end = 192.168.25.5\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: inspection start", "[ctlplane-subnet]\ninspection_iprange = 10.0.0.1,192.168.24.120\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: inspection end", "[ctlplane-subnet]\ninspection_iprange = 192.168.24.100,192.168.25.9\n", ConfigCodes.OutsideSubnet)]
    [InlineData("_validate_in_cidr: undercloud_public_host", "[DEFAULT]\nundercloud_public_host = 10.0.0.2\n", ConfigCodes.OutsideNetwork)]
    [InlineData("_validate_in_cidr: undercloud_admin_host", "[DEFAULT]\nundercloud_admin_host = 10.0.0.3\n", ConfigCodes.OutsideNetwork)]
    [InlineData("_validate_dhcp_range: start after end", "[ctlplane-subnet]\ndhcp_start = 192.168.24.30\n", ConfigCodes.RangeOrder)]
    [InlineData("_validate_dhcp_range: start is end", "[ctlplane-subnet]\ndhcp_start = 192.168.24.24\n", ConfigCodes.RangeOrder)]
    [InlineData("_validate_dhcp_range: unequal lists", "[ctlplane-subnet]\ndhcp_end = 192.168.24.24, 192.168.24.40\n", ConfigCodes.RangeCount)]
    [InlineData("_validate_inspection_range: start after end", "[ctlplane-subnet]\ninspection_iprange = 192.168.24.120,192.168.24.100\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_inspection_range: start is end", "[ctlplane-subnet]\ninspection_iprange = 192.168.24.100,192.168.24.100\n", ConfigCodes.RangeOrder)]
    [InlineData("_validate_no_overlap", "[ctlplane-subnet]\ninspection_iprange = 192.168.24.20,192.168.24.40\n", ConfigCodes.RangeOverlap)]
    [InlineData("_validate_ips", "[DEFAULT]\nundercloud_nameservers = 10.0.0.9, dns.example.org\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_dnsnameservers: common", "[DEFAULT]\nundercloud_nameservers = fd00::9\n", ConfigCodes.Family)]
    [InlineData("_validate_dnsnameservers: of a subnet", "[ctlplane-subnet]\ndns_nameservers = fd00::9\n", ConfigCodes.Family)]
    [InlineData("_check_all_or_no_subnets_use_dns_nameservers", Two + "[ctlplane-subnet]\ndns_nameservers = 10.0.0.9\n[leaf1]\ncidr = 10.0.0.0/24\n",
        ConfigCodes.SomeNameservers)]
    [InlineData("_process_network_args: more than five name servers", "[DEFAULT]\nundercloud_nameservers = 1.0.0.1,1.0.0.2,1.0.0.3,1.0.0.4,1.0.0.5,1.0.0.6\n",
        ConfigCodes.WrongValue)]
    [InlineData("_process_network_args: undercloud_admin_host is local_ip", "[DEFAULT]\nundercloud_admin_host = 192.168.24.1\n", ConfigCodes.SameAddress)]
    [InlineData("_validate_additional_architectures", "[DEFAULT]\nadditional_architectures = s390x\nipxe_enabled = false\n", ConfigCodes.WrongValue)]
    [InlineData("_validate_ppc64le_exclusive_opts", "[DEFAULT]\nadditional_architectures = ppc64le\n", ConfigCodes.Architecture)]
    [InlineData("_generate_environment: benchmarks without extras", "[DEFAULT]\ninspection_extras = false\ninspection_runbench = true\n", ConfigCodes.Benchmarks)]
    public void What_a_release_refused_is_found(string check, string file, string code)
    {
        var finding = Findings.All(file).Find(finding => finding.Code == code);
        Assert.True(finding is { Location.Line: > 0, Remedy.Length: > 0 }, $"{check}: {Findings.Text(file)}");
    }

    [Fact]
    public void An_option_that_later_releases_refused_still_works_and_is_named() => Assert.Contains(
        "warning CFG006: masquerade_network is on its way out.", All("[DEFAULT]\nmasquerade_network = 192.168.24.0/24\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[DEFAULT]\nundercloud_public_host = 10.0.0.2\n")] // Since rocky a warning.
    [InlineData("[ctlplane-subnet]\ndhcp_start = 192.168.24.1\ndhcp_end = 192.168.24.99\n")] // Since stein the pools leave out what is used.
    [InlineData("[ctlplane-subnet]\ndhcp_start = 192.168.24.30\ndhcp_end =\n")] // Since stein: to the end of the network.
    [InlineData("[DEFAULT]\ngenerate_service_certificate = true\nundercloud_service_certificate = a.pem\n")]
    [InlineData("[DEFAULT]\nenable_ironic = false\nenable_ironic_inspector = true\n")]
    [InlineData("[leaf1]\ncidr = 10.0.0.0/24\n")]
    public void What_every_late_release_took_is_no_error(string file) => Assert.DoesNotContain("error", Findings.Text(file), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_the_released_wallaby_and_of_OSP_17_is_taken()
    {
        var text = All("[DEFAULT]\nauth_token_lifetime = 28800\nenable_neutron = true\nenable_heat = false\nenable_keystone = false\nenable_frr = true\nenable_swift = false\n");
        Assert.DoesNotContain("error", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("warning CFG012").Length - 1);
    }

    [Fact]
    public void A_masqueraded_network_that_is_no_subnets_is_not_called_one() => Assert.Contains(
        "no subnet has the cidr 10.9.0.0/24: nothing is masqueraded because of it", All("[DEFAULT]\nmasquerade_network = 10.9.0.0/24\n"), StringComparison.Ordinal);

    private static string All(string file)
    {
        var diagnostics = new Undercloud.Heat.Diagnostics.DiagnosticBag();
        UndercloudConfig.Read(file, "f", "/home/stack", diagnostics);
        return string.Join('\n', diagnostics.All);
    }
}
