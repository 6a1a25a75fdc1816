using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>Options that releases passed over, so that files still have them.</summary>
public sealed class IgnoredOptionTests
{
    [Theory]
    [InlineData("[DEFAULT]\nimage_path = .\n", 2, "image_path has no effect. It was dropped before pike; whoever uploads images says where they are.",
        "Take the line out.")]
    [InlineData("[DEFAULT]\nstore_events = false\n", 2, "store_events has no effect. It was dropped in pike.", "Take the line out.")]
    [InlineData("[DEFAULT]\nenabled_raid_interfaces = idrac\n", 2, "enabled_raid_interfaces has no effect. Interfaces for RAID follow from enabled_hardware_types.",
        "Take the line out, or name the hardware types that bring them.")]
    [InlineData("[auth]\nundercloud_tuskar_password = x\n", 2, "undercloud_tuskar_password has no effect. Tuskar was given up in mitaka.", "Take the line out.")]
    [InlineData("[ctlplane-subnet]\nlocal_subnet = ctlplane-subnet\n", 2,
        "local_subnet has no effect in [ctlplane-subnet]; what it says is so anyway.", "Take the line out.")]
    [InlineData("[DEFAULT]\nmasquerade = true\n[ctlplane-subnet]\nmasquerade = true\n", 2,
        "masquerade has no effect in [DEFAULT]; what it says is so anyway.", "Take the line out.")]
    [InlineData("[DEFAULT]\ncidr = 192.168.24.0/24\n", 2, "cidr has no effect in [DEFAULT]; what it says is so anyway.", "Take the line out.")]
    [InlineData("[ctlplane-subnet]\nmasquerade_network = False\n", 2,
        "masquerade_network has no effect in [ctlplane-subnet]: a subnet's option is called masquerade.", "Write masquerade = false.")]
    [InlineData("[ctlplane-subnet]\nmasquerade_network = 192.168.24.0/24\n", 2,
        "masquerade_network has no effect in [ctlplane-subnet]: a subnet's option is called masquerade.", "Write masquerade = true.")]
    public void A_warning_says_the_truth_of_what_was_always_ignored(string file, int line, string message, string remedy)
    {
        var finding = Assert.Single(All(file));
        Assert.Equal((Severity.Warning, ConfigCodes.Ignored, line, message, remedy),
            (finding.Severity, finding.Code, finding.Location!.Value.Line, finding.Message, finding.Remedy));
    }

    [Theory]
    [InlineData("[DEFAULT]\nmasquerade = true\n", "It belongs in [ctlplane-subnet].")]
    [InlineData("[auth]\ninspection_iprange = 192.168.24.50,192.168.24.60\n", "It belongs in [ctlplane-subnet].")]
    [InlineData("[auth]\nnetwork_cidr = 10.0.0.0/24\n", "Write cidr in [ctlplane-subnet].")]
    public void One_that_says_something_else_is_an_error_with_its_place(string file, string remedy)
    {
        var finding = Assert.Single(All(file));
        Assert.Equal((Severity.Error, ConfigCodes.UnknownOption, remedy), (finding.Severity, finding.Code, finding.Remedy));
    }

    [Fact]
    public void What_follows_from_the_wrong_place_is_not_said_too() => Assert.Equal(
        """
        f:5:1: error CFG004: There is no option cidr in [DEFAULT].
          It belongs in [ctlplane-subnet].
        f:6:1: error CFG004: There is no option gateway in [DEFAULT].
          It belongs in [ctlplane-subnet].
        """,
        Findings.Text("""
            [DEFAULT]
            local_ip = 10.0.0.1/24
            undercloud_public_host = 10.0.0.2
            undercloud_admin_host = 10.0.0.3
            cidr = 10.0.0.0/24
            gateway = 10.0.0.1
            dhcp_start = 10.0.0.5
            dhcp_end = 10.0.0.24
            inspection_iprange = 10.0.0.100,10.0.0.120
            """));

    [Fact]
    public void A_section_of_the_sample_without_options_needs_no_name_in_subnets()
    {
        const string Leaf = "[DEFAULT]\nsubnets = leaf\nlocal_subnet = leaf\n[leaf]\ncidr = 192.168.24.0/24\n[ctlplane-subnet]\n";
        Findings.None(Leaf);
        Assert.Equal(ConfigCodes.SectionNotNamed, Assert.Single(Findings.All(Leaf + "cidr = 10.0.0.0/24\n")).Code);
    }

    [Theory]
    [InlineData("network_cidr = 192.168.24.0/24")]
    [InlineData("dhcp_start = 192.168.24.6")]
    [InlineData("network_gateway = 192.168.24.1")]
    public void A_flat_option_of_pike_has_one_finding_as_it_works(string option) =>
        Assert.Equal([ConfigCodes.Deprecated], All($"[DEFAULT]\n{option}\n").Select(finding => finding.Code));

    [Theory]
    [InlineData("enable_telemetry = false")]
    [InlineData("enable_ui = false")]
    [InlineData("undercloud_update_packages = false")]
    [InlineData("container_cli = podman")]
    [InlineData("additional_architectures =")]
    [InlineData("heat_container_image =")]
    [InlineData("enable_keystone = true")]
    [InlineData("enable_frr = false")]
    public void Nothing_is_said_where_off_is_what_was_asked(string option) => Assert.Empty(All($"[DEFAULT]\n{option}\n"));

    private static List<Diagnostic> All(string file)
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read(file, "f", "/home/stack", diagnostics);
        return [.. diagnostics.All];
    }
}
