using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Cli;

/// <summary>The config commands as an operator calls them: what they print, what they write, and their exit codes.</summary>
[Collection(OneConsole.Name)]
public sealed class ConfigCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("config-commands").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Validate_judges_the_file_of_net_config_override_too()
    {
        var conf = Path.Combine(_directory, "network.conf");
        await File.WriteAllTextAsync(conf, $"[DEFAULT]\nnet_config_override = {_directory}/net.yaml\n", TestContext.Current.CancellationToken);
        Assert.Contains("CFG051", (await RunAsync("validate", "--conf", conf)).Output);
        await File.WriteAllTextAsync(Path.Combine(_directory, "net.yaml"), "network_config:\n- {type: team, name: t}\n", TestContext.Current.CancellationToken);
        var run = await RunAsync("validate", "--conf", conf);
        Assert.Equal(3, run.Code);
        Assert.Contains("NCO004", run.Output);
        Assert.Contains("net.yaml:2:10", run.Output);
    }

    [Fact]
    public async Task Sample_and_reference_print_what_the_documentation_has()
    {
        Assert.Equal((0, SampleFile.Write(), ""), await RunAsync("sample"));
        Assert.Equal((0, ReferencePage.Write(), ""), await RunAsync("reference"));
        Assert.Equal((0, FromInstackPage.Write(), ""), await RunAsync("reference", "--from-instack"));
    }

    [Fact]
    public async Task Validate_prints_every_finding_and_ends_with_3_when_there_is_an_error()
    {
        var conf = Write("u.conf", "[DEFAULT]\nlocal_ipp = 1\nlocal_mtu = big\nundercloud_public_vip = 192.168.24.2\n");
        var run = await RunAsync("validate", "--conf", conf);
        Assert.Equal((3, $"2 errors, 1 warning in {conf}\n"), (run.Code, run.Error));
        Assert.Contains($"{conf}:2:1: error CFG004: There is no option local_ipp in [DEFAULT].\n  Did you mean local_ip?\n", run.Output, StringComparison.Ordinal);
        var data = (ListValue)CanonicalJson.Read((await RunAsync("validate", "--conf", conf, "-f", "json")).Output);
        Assert.Equal(["CFG004", "CFG008", "CFG006"], data.Items.Select(item => ((StringValue)((MapValue)item)["code"]!).Text));
        Assert.Equal((Value)3, ((MapValue)data.Items[1])["line"]);
    }

    [Fact]
    public async Task Validate_ends_well_with_warnings_alone_unless_it_is_strict()
    {
        var conf = Write("u.conf", "[DEFAULT]\nundercloud_public_vip = 192.168.24.9\n");
        Assert.Equal((0, 3), ((await RunAsync("validate", "--conf", conf)).Code, (await RunAsync("validate", "--conf", conf, "--strict")).Code));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_with_their_place()
    {
        var conf = Path.Combine(_directory, "bytes.conf");
        await File.WriteAllBytesAsync(conf, [.. "[DEFAULT]\nlocal_ip = \u00e9"u8, 0xff, (byte)'\n'], TestContext.Current.CancellationToken);
        var run = await RunAsync("validate", "--conf", conf);
        Assert.Equal(3, run.Code);
        Assert.StartsWith($"{conf}:2:14: error CFG002: The byte 0xff is not UTF-8.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_no_configuration_file() =>
        Assert.Equal((3, $"{_directory}: error CFG001: This is a directory.\n  Name a file; --config-dir takes directories.\n"),
            await RunAsync("validate", "--conf", _directory) is var run ? (run.Code, run.Output) : default);

    [Theory]
    [InlineData("validate")]
    [InlineData("show")]
    public async Task A_configuration_file_that_is_named_has_to_be_there(string command)
    {
        var run = await RunAsync(command, "--conf", Path.Combine(_directory, "none.conf"));
        Assert.Equal(3, run.Code);
        Assert.Contains($"{_directory}/none.conf: error CFG001: There is no such file.\n", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("show")]
    public async Task A_directory_of_configuration_files_has_to_be_there_and_to_be_one(string command)
    {
        var conf = Write("u.conf", "[DEFAULT]\n");
        var run = await RunAsync(command, "--conf", conf, "--config-dir", Path.Combine(_directory, "none"), "--config-dir", conf);
        Assert.Equal(3, run.Code);
        Assert.Contains($"{_directory}/none: error CFG001: There is no such directory.\n", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains($"{conf}: error CFG001: This is a file, not a directory.\n", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_finds_hieradata_that_is_no_map()
    {
        var environment = Write("own.yaml", "parameter_defaults:\n  ExtraConfig: [a]\n  UndercloudExtraConfig: {}\n");
        var run = await RunAsync("validate", "--conf", Write("u.conf", $"[DEFAULT]\ncustom_env_files = {environment}\n"));
        Assert.Equal(3, run.Code);
        Assert.StartsWith($"{environment}:2:3: error HIERA004: ExtraConfig must be a map of hieradata, not ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_looks_into_the_files_that_are_named()
    {
        var conf = Write("u.conf", $"""
            [DEFAULT]
            undercloud_service_certificate = {Write("cert.pem", "")}
            custom_env_files = {Write("own.yaml", "parameter_defaults: [\n")}, {_directory}/none.yaml
            hieradata_override = {_directory}
            """);
        var run = await RunAsync("validate", "--conf", conf);
        Assert.Equal((3, $"4 errors, 0 warnings in {conf}\n"), (run.Code, run.Error));
        Assert.Contains($"{conf}:2:34: error CFG052: {_directory}/cert.pem is empty.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{conf}:3:20: error CFG051: There is no file {_directory}/none.yaml.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{conf}:4:22: error CFG051: {_directory} is a directory.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{_directory}/own.yaml:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_directory_win_in_the_order_of_their_names()
    {
        var conf = Write("u.conf", "[DEFAULT]\nlocal_mtu = 1\nundercloud_public_host = 192.168.24.9\n");
        Write("d/20-last.conf", "[DEFAULT]\nlocal_mtu = 9000\n");
        Write("d/10-first.conf", "[DEFAULT]\nlocal_mtu = 8000\nundercloud_public_vip = 192.168.24.8\n");
        Write("d/.hidden.conf", "nonsense");
        Write("d/30.conf.bak", "nonsense");
        var run = await RunAsync("show", "--conf", conf, "--config-dir", Path.Combine(_directory, "d"), "local_mtu", "undercloud_public_host");
        Assert.Equal(0, run.Code);
        Assert.Contains($"9000          {_directory}/d/20-last.conf:2:13\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"192.168.24.8  {_directory}/d/10-first.conf:3:25 (as undercloud_public_vip)\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("validate", "--conf", conf, "--config-dir", Path.Combine(_directory, "none"))).Code);
    }

    [Fact]
    public async Task A_releases_defaults_are_shown_and_judged()
    {
        var conf = Write("u.conf", "[DEFAULT]\nlocal_mtu = 9000\n");
        var run = await RunAsync("show", "--conf", conf, "--compat", "queens", "generate_service_certificate", "masquerade_network");
        Assert.Equal(0, run.Code);
        Assert.Contains("generate_service_certificate  false", run.Output, StringComparison.Ordinal);
        Assert.Contains("masquerade_network            192.168.24.0/24", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("validate", "--conf", conf, "--compat", "queens")).Code);
    }

    [Fact]
    public async Task Show_says_where_each_value_comes_from()
    {
        var conf = Write("u.conf", "[DEFAULT]\nlocal_mtu = 9000\n");
        var table = await RunAsync("show", "--conf", conf);
        Assert.Equal((0, ""), (table.Code, table.Error));
        Assert.Equal(UndercloudOptions.All.Length + 1, table.Output.TrimEnd().Split('\n').Length);
        Assert.Matches(@"(?m)^DEFAULT +local_interface +eth1 +default$", table.Output);
        Assert.Equal(2, (await RunAsync("show", "--conf", conf, "--set")).Output.TrimEnd().Split('\n').Length);
        var one = (MapValue)((ListValue)CanonicalJson.Read((await RunAsync("show", "--conf", conf, "-f", "json", "local_mtu")).Output)).Items[0];
        Assert.Equal(((Value)9000, (Value)"file", (Value)conf, (Value)2, Value.Null), (one["value"], one["source"], one["file"], one["line"], one["former_name"]));
        var unknown = await RunAsync("show", "--conf", conf, "local_mtuu");
        Assert.Equal((2, "There is no option local_mtuu. Did you mean local_mtu?\n"), (unknown.Code, unknown.Error));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("validate")]
    [InlineData("migrate")]
    public async Task Secrets_are_shown_by_no_command(string command)
    {
        var conf = Write("u.conf", """
            [DEFAULT]
            ipa_otp = swordfish-otp
            container_registry_mirror = http://${auth.undercloud_admin_password}@m
            local_mtu = $auth.undercloud_admin_password
            undercloud_hostname = x$auth.undercloud_admin_password
            [auth]
            undercloud_admin_password = swordfish-secret
            undercloud_heat_encryption_key = swordfish-key
            """);
        string[] file = command == "migrate" ? [conf] : ["--conf", conf];
        foreach (var format in new[] { "table", "json", "yaml" })
        {
            var run = await RunAsync([command, .. file, "-f", format]);
            Assert.DoesNotContain("swordfish", run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Show_tells_errors_after_the_values()
    {
        var run = await RunAsync("show", "--conf", Write("u.conf", "[DEFAULT]\nlocal_mtu = big\n"), "local_mtu");
        Assert.Equal(3, run.Code);
        Assert.Contains("1500", run.Output, StringComparison.Ordinal);
        Assert.Contains("error CFG008: local_mtu is 'big'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_reports_and_writes_the_new_file_for_its_owner_alone()
    {
        var old = Write("old.conf", "[DEFAULT]\nnetwork_cidr = 10.0.0.0/24\nenable_ui = true\n");
        var report = await RunAsync("migrate", old);
        Assert.Equal(0, report.Code);
        Assert.Matches(@"(?m)^2 +network_cidr +cidr in \[ctlplane-subnet\] +", report.Output);
        Assert.Contains("line 3, enable_ui: The web interface", report.Output, StringComparison.Ordinal);
        Assert.Contains("instack-undercloud pike", report.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing is written", report.Error, StringComparison.Ordinal);
        var target = Path.Combine(_directory, "new.conf");
        Assert.Equal(0, (await RunAsync("migrate", old, "-o", target)).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        Assert.Contains("[ctlplane-subnet]\ncidr = 10.0.0.0/24\n", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), (await RunAsync("migrate", old, "-o", "-")).Output);
        Assert.Equal(0, (await RunAsync("migrate", target, "-o", target)).Code);
    }

    [Fact]
    public async Task Migrate_writes_over_another_file_only_when_forced()
    {
        var old = Write("old.conf", "[DEFAULT]\nenable_ui = true\n");
        var target = Write("new.conf", "mine\n");
        var run = await RunAsync("migrate", old, "-o", target);
        Assert.Equal((1, "mine\n"), (run.Code, await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)));
        Assert.Contains("exists already", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("migrate", old, "-o", target, "--force", "--from", "queens")).Code);
        Assert.Contains("#enable_ui = true\n", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_refuses_what_is_no_configuration_file()
    {
        var run = await RunAsync("migrate", Write("old.conf", "[DEFAULT]\nwhat is this\n"));
        Assert.Equal((3, ""), (run.Code, run.Output));
        Assert.Contains("old.conf:2:1: error CFG002", run.Error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => ProgramRun.RunAsync(["config", .. arguments]);
}
