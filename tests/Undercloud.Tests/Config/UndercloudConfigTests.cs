using System.Collections.Immutable;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class UndercloudConfigTests
{
    private static readonly Surroundings s_surroundings =
        new() { HostName = "h.x", Home = "/home/stack", User = "stack", ConfigPath = "undercloud.conf" };

    [Fact]
    public void Without_a_file_every_option_has_its_default_and_a_warning_says_so()
    {
        var config = Read(null, out var findings);
        var finding = Assert.Single(findings);
        Assert.Equal((Severity.Warning, "CFG001", "undercloud.conf"), (finding.Severity, finding.Code, finding.Location.ToString()));
        Assert.All(config.Settings, setting => Assert.Equal("default", setting.Source));
        Assert.Equal("192.168.24.1/24", config.LocalIp.ToString());
        Assert.Equal(("eth1", 1500, null, "192.168.24.2", "192.168.24.3", true),
            (config.LocalInterface, config.LocalMtu, config.Hostname, config.PublicHost, config.AdminHost, config.Debug));
        Assert.Equal(("/home/stack/install-undercloud.log", "/home/stack"), (config.LogFile, config.OutputDirectory));
        Assert.Equal(["0.pool.ntp.org", "1.pool.ntp.org", "2.pool.ntp.org", "3.pool.ntp.org"], config.NtpServers);
        Assert.Equal((null, null, null), (config.ContainerImagesFile, config.Templates, config.RolesFile));
        Assert.Empty(config.CustomEnvironmentFiles);
    }

    [Fact]
    public void Values_are_typed_and_say_where_they_come_from()
    {
        var config = Clean("""
            [DEFAULT]
            local_ip = 192.168.24.2/24
            undercloud_public_host = cloud.example.org
            undercloud_admin_host = 192.168.24.3
            undercloud_debug = no
            local_mtu: 9000
            undercloud_ntp_servers = a.example.org, 10.0.0.9
            """);
        Assert.Equal(("192.168.24.2/24", "cloud.example.org", false, 9000),
            (config.LocalIp.ToString(), config.PublicHost, config.Debug, config.LocalMtu));
        Assert.Equal(["a.example.org", "10.0.0.9"], config.NtpServers);
        Assert.Equal("undercloud.conf:2:12", config[UndercloudOptions.LocalIp].Source);
        Assert.Equal("default", config[UndercloudOptions.LocalInterface].Source);
    }

    [Fact]
    public void An_old_name_is_honoured_with_a_warning()
    {
        var config = Read("[DEFAULT]\nundercloud_public_vip = 192.168.24.4\n", out var findings);
        Assert.Equal("undercloud.conf:2:25 (as undercloud_public_vip)", config[UndercloudOptions.PublicHost].Source);
        Assert.Equal("192.168.24.4", config.PublicHost);
        Assert.Equal((Severity.Warning, "CFG006"), (Assert.Single(findings).Severity, findings[0].Code));
    }

    [Fact]
    public void A_new_name_wins_over_the_old_one_wherever_it_stands()
    {
        var config = Read("[DEFAULT]\nundercloud_admin_host = 192.168.24.4\nundercloud_admin_vip = 192.168.24.9\n", out var findings);
        Assert.Equal("192.168.24.4", config.AdminHost);
        Assert.Equal(("CFG007", 3), (Assert.Single(findings).Code, findings[0].Location!.Value.Line));
    }

    [Fact]
    public void Of_a_repeated_option_the_last_one_counts()
    {
        var config = Read("[DEFAULT]\nlocal_mtu = 1500\n[DEFAULT]\nlocal_mtu = 9000\n", out var findings);
        Assert.Equal(9000, config.LocalMtu);
        Assert.Equal(("CFG007", Severity.Warning), (Assert.Single(findings).Code, findings[0].Severity));
    }

    [Fact]
    public void References_take_the_value_of_another_option()
    {
        var config = Clean("[DEFAULT]\noutput_dir = env\ncustom_env_files = $output_dir/a.yaml,${output_dir}/b.yaml\n");
        Assert.Equal(["/home/stack/env/a.yaml", "/home/stack/env/b.yaml"], config.CustomEnvironmentFiles);
    }

    [Theory]
    [InlineData("roles_file = $HOME/roles.yaml", "refers to no option")]
    [InlineData("roles_file = $roles_file", "refers back to roles_file")]
    [InlineData("roles_file = $subnet", "refers to no option")]
    [InlineData("roles_file = $local_mtu.yaml", "refers to no option")]
    public void A_reference_to_nothing_or_to_itself_is_an_error(string line, string message)
    {
        Read($"[DEFAULT]\n{line}\n", out var findings);
        Assert.Contains(findings, finding => finding.Code == "CFG009" && finding.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_to_a_wrong_value_is_reported_once_where_it_is_wrong()
    {
        Read("[DEFAULT]\nlocal_mtu = big\nroles_file = roles-${local_mtu}.yaml\n", out var findings);
        Assert.Equal(2, Assert.Single(findings, finding => finding.Severity == Severity.Error).Location!.Value.Line);
    }

    [Theory]
    [InlineData("a.yaml", "/home/stack/a.yaml")]
    [InlineData("./a.yaml", "/home/stack/a.yaml")]
    [InlineData("~/a.yaml", "/home/stack/a.yaml")]
    [InlineData("../a.yaml", "/home/stack/../a.yaml")]
    [InlineData("/etc/a.yaml", "/etc/a.yaml")]
    [InlineData("~", "/home/stack")]
    [InlineData(".", "/home/stack")]
    public void Relative_paths_start_at_the_home_directory(string written, string path)
    {
        var config = Clean($"[DEFAULT]\ncustom_env_files = {written}\ncontainer_images_file = {written}\noutput_dir = {written}\n");
        Assert.Equal((path, path, path), (Assert.Single(config.CustomEnvironmentFiles), config.ContainerImagesFile, config.OutputDirectory));
    }

    [Fact]
    public void An_empty_value_of_an_optional_option_is_none() =>
        Assert.Equal((null, null, null, null, "/home/stack"),
            Clean("[DEFAULT]\nundercloud_hostname =\nroles_file =\ntemplates = \"\"\ncontainer_images_file =\noutput_dir =\n") is var config
                ? (config.Hostname, config.RolesFile, config.Templates, config.ContainerImagesFile, config.OutputDirectory)
                : default);

    [Theory]
    [InlineData("[DEFAULT]\nlocal_ipp = 1", 2, "There is no option local_ipp in [DEFAULT].", "Did you mean local_ip?")]
    [InlineData("[DEFAULT]\nLocal_Interface = 1", 2, "There is no option Local_Interface in [DEFAULT].", "Did you mean local_interface?")]
    [InlineData("[DEFAULT]\nenable_ironik = 1", 2, "There is no option enable_ironik in [DEFAULT].", "Did you mean enable_ironic?")]
    [InlineData("[DEFAULT]\nfrobnicate = 1", 2, "There is no option frobnicate in [DEFAULT].", "Take it out, or correct its name.")]
    [InlineData("[DEFAULT]\ngateway = 1", 2, "There is no option gateway in [DEFAULT].", "It belongs in [ctlplane-subnet].")]
    [InlineData("[DEFAULT]\nundercloud_db_password = 1", 2, "There is no option undercloud_db_password in [DEFAULT].", "It belongs in [auth].")]
    [InlineData("[auth]\nlocal_ip = 1", 2, "There is no option local_ip in [auth].", "It belongs in [DEFAULT].")]
    [InlineData("[ctlplane-subnet]\ncidrr = 1", 2, "There is no option cidrr in [ctlplane-subnet].", "Did you mean cidr?")]
    [InlineData("[default]\nlocal_ip = x", 1, "There is no section [default].", "Did you mean [DEFAULT]?")]
    [InlineData("[ctlplane_subnet]\ncidr = x", 1, "There is no section [ctlplane_subnet].", "Did you mean [ctlplane-subnet]?")]
    [InlineData("[leaf-one]\nfrob = x", 1, "There is no section [leaf-one].",
        "Options stand in [DEFAULT], or in a section for each name in subnets.")]
    [InlineData("[DEFAULT]\nhost_rotes = 1", 2, "There is no option host_rotes in [DEFAULT].", "Did you mean host_routes? It belongs in [ctlplane-subnet].")]
    [InlineData("[DEFAULT]\nundercloud_db_pasword = 1", 2, "There is no option undercloud_db_pasword in [DEFAULT].",
        "Did you mean undercloud_db_password? It belongs in [auth].")]
    [InlineData("[auth]\nlocal_mto = 1", 2, "There is no option local_mto in [auth].", "Did you mean local_mtu? It belongs in [DEFAULT].")]
    [InlineData("[auth]\nundercloud_nova_pasword = 1", 2, "There is no option undercloud_nova_pasword in [auth].", "Did you mean undercloud_nova_password?")]
    [InlineData("[ctlplane-subnet]\nnetwork_cidr = 1", 2, "There is no option network_cidr in [ctlplane-subnet].", "Write cidr.")]
    [InlineData("[ctlplane-subnet]\nlocal_ip = 1", 2, "There is no option local_ip in [ctlplane-subnet].", "It belongs in [DEFAULT].")]
    [InlineData("[DEFAULT]\nsubnets = leaf0\nlocal_subnet = leaf0\n[leaf0]\ngatway = 1", 5, "There is no option gatway in [leaf0].", "Did you mean gateway?")]
    [InlineData("[DEFAULT]\nsubnets = leaf0\nlocal_subnet = leaf0\ncidr = 1\n[leaf0]", 4, "There is no option cidr in [DEFAULT].", "It belongs in [leaf0].")]
    public void Unknown_names_are_errors_with_the_nearest_valid_name(string text, int line, string message, string remedy)
    {
        Read(text, out var findings);
        var error = Assert.Single(findings, finding => finding.Severity == Severity.Error);
        Assert.Equal((line, message, remedy), (error.Location!.Value.Line, error.Message, error.Remedy));
    }

    [Fact]
    public void What_other_releases_know_is_a_warning_each()
    {
        Read("[DEFAULT]\nenable_telemetry = true\nenable_mistral = true\n[auth]\nundercloud_db_password = x\n", out var findings);
        Assert.Equal([2, 3], findings.Select(finding => finding.Location!.Value.Line));
        Assert.All(findings, finding => Assert.Equal((Severity.Warning, "CFG005"), (finding.Severity, finding.Code)));
    }

    [Fact]
    public void No_input_crashes_the_reader()
    {
        string[] words = [.. UndercloudOptions.All.Select(option => option.Name), "[DEFAULT]", "[auth]", "\n", "\n", " = ", "$", "${", "}", ",", "/24", "/64",
            "10.0.0.1", "fd00::1", "::", ":", "\"", "\\", "\0", "\ud800", "é", "[", "]", " ", "\t", "99999999999999999999", "undercloud_public_vip", "subnets"];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 30].Sample(parts =>
        {
            var config = Read("[DEFAULT]\n" + string.Concat(parts), out _);
            return config.Settings.Length >= UndercloudOptions.All.Length - SubnetOptions.All.Length && ConfigParameters.Of(config, s_surroundings).Parameters.Count > 0;
        });
    }

    private static UndercloudConfig Clean(string text)
    {
        var config = Read(text, out var findings);
        Assert.Empty(findings);
        return config;
    }

    private static UndercloudConfig Read(string? text, out ImmutableArray<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(text, "undercloud.conf", "/home/stack", diagnostics);
        findings = diagnostics.All;
        return config;
    }
}
