using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class ConfigMigrationTests
{
    [Fact]
    public void A_file_of_pike_gets_its_subnet_section()
    {
        var result = Migrate("""
            [DEFAULT]
            # The address
            local_ip = 10.0.0.1/24

            # Our network,
            # of two racks
            network_cidr = 10.0.0.0/24
            network_gateway: 10.0.0.1
            dhcp_start = 10.0.0.5,
              10.0.0.50
            discovery_iprange = 10.0.0.20,10.0.0.30
            masquerade_network = 10.0.0.0/24
            undercloud_ntp_servers = 10.0.0.9
            generate_service_certificate = false
            enabled_hardware_types = ipmi
            discovery_default_driver = ipmi
            undercloud_update_packages = true

            [auth]
            undercloud_admin_password = swordfish

            """);
        Assert.Equal("""
            # Migrated by `undercloud config migrate` from instack-undercloud pike.

            [DEFAULT]
            # The address
            local_ip = 10.0.0.1/24

            undercloud_ntp_servers = 10.0.0.9
            generate_service_certificate = false
            enabled_hardware_types = ipmi
            discovery_default_driver = ipmi
            # No effect: The installation adds the packages it needs and updates no others.
            # Run `apt-get upgrade` before it.
            #undercloud_update_packages = true

            [auth]
            undercloud_admin_password = swordfish

            [ctlplane-subnet]
            # Our network,
            # of two racks
            cidr = 10.0.0.0/24
            gateway: 10.0.0.1
            dhcp_start = 10.0.0.5,
              10.0.0.50
            inspection_iprange = 10.0.0.20,10.0.0.30
            masquerade = true

            """, result.Text);
        Assert.Equal(ConfigRelease.InstackPike, result.Release);
        Assert.Equal("was ipmi, redfish", $"was {OptionText.Default(HardwareOptions.EnabledHardwareTypes, Row(result, "enabled_hardware_types").FormerDefault!.Default)}");
        Assert.Equal((MigrationFate.Moved, "masquerade = true in [ctlplane-subnet]"), (Row(result, "masquerade_network").Fate, Row(result, "masquerade_network").Home));
    }

    [Fact]
    public void A_subnets_masquerade_network_gets_the_name_it_should_have_had()
    {
        var result = Migrate("[ctlplane-subnet]\nmasquerade_network = False\n");
        Assert.Contains("\n[ctlplane-subnet]\nmasquerade = False\n", result.Text, StringComparison.Ordinal);
        Assert.Equal((MigrationFate.Renamed, "masquerade in [ctlplane-subnet]"), (result.Options[0].Fate, result.Options[0].Home));
        Assert.Equal(result.Text, Migrate(result.Text).Text);
    }

    [Theory]
    [InlineData("[ctlplane-subnet]\nmasquerade_network = True\n", "#masquerade_network = True")]
    [InlineData("[ctlplane-subnet]\nmasquerade = true\nmasquerade_network = False\n", "#masquerade_network = False")]
    [InlineData("[DEFAULT]\nimage_path = .\n", "#image_path = .")]
    public void What_no_release_read_is_commented_out(string file, string line)
    {
        var result = Migrate(file);
        Assert.Contains($"\n{line}\n", result.Text, StringComparison.Ordinal);
        Assert.Contains(result.Options, row => row.Fate == MigrationFate.WithoutEffect);
    }

    [Fact]
    public void Defaults_that_changed_are_added_as_comments_once()
    {
        var result = Migrate("[DEFAULT]\nlocal_interface = eth0\nundercloud_ntp_servers = 10.0.0.9\n", ConfigRelease.InstackQueens);
        Assert.Equal("""
            # Migrated by `undercloud config migrate` from instack-undercloud queens.

            [DEFAULT]
            local_interface = eth0
            undercloud_ntp_servers = 10.0.0.9

            # Not set so far, and the default of instack-undercloud queens was another one.
            # To keep that, uncomment the line.
            #generate_service_certificate = false

            [ctlplane-subnet]
            # Not set so far, and the default of instack-undercloud queens was another one.
            # To keep that, uncomment the line.
            #masquerade = true

            """, result.Text);
        Assert.Equal(["generate_service_certificate", "masquerade"],
            result.Options.Where(row => row.Fate == MigrationFate.DefaultChanged).Select(row => row.Name));
        var again = Migrate(result.Text, ConfigRelease.InstackPike);
        Assert.Equal((true, result.Text), (again.IsMigrated, again.Text));
    }

    [Theory]
    [InlineData("undercloud_public_vip = 192.168.24.9", "undercloud_public_host = 192.168.24.9")]
    [InlineData("docker_registry_mirror:http://m", "container_registry_mirror:http://m")]
    [InlineData("discovery_interface  =  br0", "inspection_interface  =  br0")]
    [InlineData("ipxe_deploy = a\n  b", "ipxe_enabled = a\n  b")]
    public void An_old_name_becomes_the_new_one_and_the_rest_of_the_line_stays(string old, string now) =>
        Assert.Contains($"\n{now}\n", Migrate($"[DEFAULT]\n{old}\n").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("frobnicate = 1", MigrationFate.Unknown, "No release has this option here.")]
    [InlineData("local_ipp = 1", MigrationFate.Unknown, "No release has this option here. Did you mean local_ip?")]
    [InlineData("enable_ui = 1\n  more", MigrationFate.WithoutEffect, "The web interface of TripleO was given up in train. Use the command line, or the OpenStack dashboard of the distribution.")]
    [InlineData("masquerade_network =", MigrationFate.WithoutEffect, "No network is masqueraded unless its subnet says so.")]
    public void What_has_no_effect_stays_as_a_comment_with_the_reason(string line, MigrationFate fate, string remark)
    {
        var result = Migrate($"[DEFAULT]\n{line}\n");
        Assert.Equal((fate, null, remark), (result.Options[0].Fate, result.Options[0].Home, result.Options[0].Remark));
        Assert.Contains($"\n#{line.Replace("\n", "\n#", StringComparison.Ordinal)}\n", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subnets_options_in_DEFAULT_go_to_its_section()
    {
        var result = Migrate("""
            [DEFAULT]
            local_ip = 10.0.0.1/24
            # ours
            cidr = 10.0.9.0/24
            cidr = 10.0.0.0/24
            gateway = 10.0.0.1
            dhcp_start = 10.0.0.5
            [ctlplane-subnet]
            gateway = 10.0.0.254

            """, ConfigRelease.Train);
        Assert.Equal("""
            # Migrated by `undercloud config migrate` from python-tripleoclient train.

            [DEFAULT]
            local_ip = 10.0.0.1/24
            # ours
            # No effect: No release read it in [DEFAULT]: it belongs in [ctlplane-subnet],
            # which sets it.
            #cidr = 10.0.9.0/24
            # No effect: No release read it in [DEFAULT]: it belongs in [ctlplane-subnet],
            # which sets it.
            #gateway = 10.0.0.1
            [ctlplane-subnet]
            gateway = 10.0.0.254
            cidr = 10.0.0.0/24
            dhcp_start = 10.0.0.5

            """.TrimEnd(), result.Text.TrimEnd());
        Assert.Equal("No release read it in [DEFAULT]: it is a subnet's. In [ctlplane-subnet] it is in force.", result.Options.Single(row => row is { Name: "cidr", Fate: MigrationFate.Moved }).Remark);
        Assert.Equal(result.Text, Migrate(result.Text).Text);
    }

    [Fact]
    public void A_subnets_option_in_DEFAULT_that_another_value_refers_to_stays_a_comment() =>
        Assert.Equal(MigrationFate.WithoutEffect, Row(Migrate("[DEFAULT]\ncidr = 10.0.0.0/24\nundercloud_hostname = $cidr\n"), "cidr").Fate);

    [Fact]
    public void An_option_in_the_wrong_section_stays_a_comment_with_the_right_one() =>
        Assert.Equal("No release read it in [auth]: it belongs in [DEFAULT].", Row(Migrate("[auth]\nlocal_mtu = 1400\n"), "local_mtu").Remark);

    [Fact]
    public void An_unknown_section_becomes_a_comment_with_all_its_options()
    {
        var result = Migrate("[leaf7]\n# seven\ncidr = 10.0.7.0/24\n[DEFAULT]\nlocal_mtu = 9000\n");
        Assert.Contains("subnets does not name it.\n#[leaf7]\n# seven\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("\n#cidr = 10.0.7.0/24\n[DEFAULT]\n", result.Text, StringComparison.Ordinal);
        Assert.Equal(MigrationFate.Unknown, Row(result, "cidr").Fate);
    }

    [Fact]
    public void Of_an_option_set_twice_only_what_counted_stays_in_force()
    {
        var result = Migrate("[DEFAULT]\nlocal_mtu = 1400\nundercloud_public_vip = 192.168.24.8\nlocal_mtu = 9000\nundercloud_public_host = 192.168.24.9\n");
        Assert.Equal([MigrationFate.Overridden, MigrationFate.Overridden, MigrationFate.Kept, MigrationFate.Kept], result.Options.Take(4).Select(row => row.Fate));
        Assert.Contains("\n#local_mtu = 1400\n", result.Text, StringComparison.Ordinal);
        UndercloudConfigReading.Of(result.Text, out var findings);
        Assert.DoesNotContain(findings, finding => finding.Code is "CFG006" or "CFG007");
    }

    [Fact]
    public void What_another_value_refers_to_stays_where_it_is()
    {
        var result = Migrate("[DEFAULT]\nnetwork_gateway = 192.168.24.9\nundercloud_nameservers = $network_gateway\n");
        Assert.Equal((MigrationFate.Kept, true), (result.Options[0].Fate, result.Options[0].Remark!.Contains("refers to it", StringComparison.Ordinal)));
        Assert.Contains("[DEFAULT]\nnetwork_gateway = 192.168.24.9\nundercloud_nameservers = $network_gateway\n", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_value_without_effect_refers_to_does_not_stay()
    {
        var result = Migrate("[DEFAULT]\nservice_principal = $container_cli\ncontainer_cli = docker\nheat_native = true\n");
        Assert.All(result.Options.Take(3), row => Assert.Equal(MigrationFate.WithoutEffect, row.Fate));
        Assert.Equal(result.Text, Migrate(result.Text).Text);
    }

    [Fact]
    public void Classic_drivers_become_hardware_types()
    {
        var result = Migrate("[DEFAULT]\nenabled_hardware_types = pxe_ipmitool,\n  pxe_drac, ipmi\ndiscovery_default_driver: pxe_ilo\nlocal_mtu = 1400\n", ConfigRelease.InstackPike);
        Assert.Contains("[DEFAULT]\nenabled_hardware_types = ipmi, idrac\ndiscovery_default_driver: ilo\nlocal_mtu = 1400\n", result.Text, StringComparison.Ordinal);
        Assert.Equal((MigrationFate.Kept, "Ironic has no classic drivers any more: it is ipmi, idrac now."), (result.Options[0].Fate, result.Options[0].Remark));
        Assert.Equal(result.Text, Migrate(result.Text).Text);
    }

    [Fact]
    public void A_former_default_that_is_a_classic_driver_is_not_proposed() =>
        Assert.DoesNotContain("pxe_ipmitool", Migrate("[DEFAULT]\nlocal_mtu = 1400\n", ConfigRelease.InstackPike).Text, StringComparison.Ordinal);

    [Fact]
    public void A_masqueraded_network_that_is_no_subnet_s_stays()
    {
        var row = Row(Migrate("[DEFAULT]\nmasquerade_network = 10.9.0.0/16\n"), "masquerade_network");
        Assert.Equal(MigrationFate.Kept, row.Fate);
        Assert.StartsWith("No subnet has this network", row.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_nothing_to_change_keeps_its_very_bytes()
    {
        const string Text = "\ufeff[DEFAULT]\r\nlocal_ip = 192.168.24.1/24 \r\n\r\n";
        Assert.Equal(Text, Migrate(Text, ConfigRelease.Train).Text);
    }

    [Fact]
    public void What_is_no_configuration_file_is_refused_with_every_error()
    {
        var bag = new DiagnosticBag();
        Assert.Null(ConfigMigration.Run("[DEFAULT]\nwhat\nis = this\n[\n", "f", null, bag));
        Assert.Equal([2, 4], bag.All.Select(finding => finding.Location!.Value.Line));
    }

    [Theory]
    [InlineData("[DEFAULT]\nlocal_ip = 10.0.0.1/24\n", ConfigRelease.InstackQueens)]
    [InlineData("[DEFAULT]\nnetwork_cidr = 10.0.0.0/24\nenable_ui = true\n[auth]\nundercloud_db_password = x\n", ConfigRelease.InstackPike)]
    [InlineData("[DEFAULT]\nnetwork_cidr = 10.0.0.0/24\nheat_native = true\n", ConfigRelease.Queens)]
    [InlineData("[DEFAULT]\nsubnets = a\n[a]\ncidr = 10.0.0.0/24\n[auth]\nundercloud_db_password = x\n", ConfigRelease.InstackQueens)]
    [InlineData("[DEFAULT]\noutput_dir = /srv\n", ConfigRelease.Rocky)]
    [InlineData("[DEFAULT]\noutput_dir = /srv\ncontainer_cli = podman\n", ConfigRelease.Stein)]
    [InlineData("[DEFAULT]\nenable_nova = true\nundercloud_enable_paunch = true\n", ConfigRelease.Train)]
    [InlineData("[DEFAULT]\nenable_swift = true\n", ConfigRelease.Wallaby)]
    public void The_release_is_told_from_the_options(string text, ConfigRelease release) => Assert.Equal(release, Migrate(text, release: null).Release);

    private static MigratedOption Row(MigrationResult result, string name) => result.Options.First(row => row.Name == name);

    private static MigrationResult Migrate(string text, ConfigRelease? release = null) =>
        ConfigMigration.Run(text, "old.conf", release, new DiagnosticBag())!;
}
