using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Tests.Config;

namespace Undercloud.Tests.Install;

public sealed class KeptPasswordsTests : IDisposable
{
    private static readonly MapValue s_all = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(3)).All;

    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly DiagnosticBag _findings = new();

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private SecretRecord Record => new(Path.Combine(_home, "state"));

    private UndercloudConfig Config(string text = "") => UndercloudConfig.Read($"[DEFAULT]\noutput_dir = {_home}\n{text}", "undercloud.conf", _home, new DiagnosticBag());

    private string PasswordsFile => Gatherer.PasswordsFile(Config());

    private MapValue Read(bool installed, string config = "") => new KeptPasswords(Config(config), Record).Read(installed, _findings);

    private string Finding()
    {
        var finding = Assert.Single(_findings.All);
        Assert.Equal(Severity.Error, finding.Severity);
        return finding.ToString();
    }

    [Fact]
    public void A_host_without_an_undercloud_begins_with_none()
    {
        Assert.Equal(0, Read(installed: false).Count);
        Assert.Empty(_findings.All);
    }

    [Fact]
    public void Lost_files_of_an_installed_host_are_refused_and_the_copy_is_offered()
    {
        Record.Keep(s_all, ["text"]);
        Assert.Equal(0, Read(installed: true).Count);
        Assert.Contains($"{PasswordsFile}: error PWD003", Finding());
        Assert.Contains($"cp {Record.PasswordsFile} {PasswordsFile}", Finding());
    }

    [Fact]
    public void The_copy_put_back_is_the_file_that_was_lost()
    {
        Record.Keep(s_all, []);
        File.Copy(Record.PasswordsFile, PasswordsFile);
        Assert.Equal(s_all.Count, Read(installed: true).Count);
        Assert.Equal(PasswordFiles.WriteYaml(s_all), File.ReadAllText(PasswordsFile));
        Assert.Empty(_findings.All);
    }

    [Fact]
    public void Lost_files_without_a_copy_are_refused_too()
    {
        Read(installed: true);
        Assert.Contains("PWD003", Finding());
        Assert.Contains("backup", Finding());
    }

    [Fact]
    public void The_file_for_old_scripts_alone_lacks_what_it_never_had()
    {
        File.WriteAllText(Gatherer.PasswordsConf(Config()), PasswordFiles.WriteConf(s_all));
        Read(installed: true);
        Assert.Contains("PWD004", Finding());
        Assert.Contains("HeatAuthEncryptionKey", Finding());
    }

    [Fact]
    public void A_file_that_was_cut_off_at_the_end_of_a_line_is_refused_and_what_it_lacks_is_named()
    {
        Record.Keep(s_all, []);
        var lines = PasswordFiles.WriteYaml(s_all).Split('\n');
        File.WriteAllText(PasswordsFile, string.Join('\n', lines.TakeWhile(line => !line.Contains("ZaqarPassword"))) + "\n");
        Read(installed: true);
        Assert.Contains("PWD004: The file lacks 1 of the passwords", Finding());
        Assert.Contains("ZaqarPassword", Finding());
        Assert.Contains("cp ", Finding());
    }

    [Fact]
    public void A_password_that_no_run_has_recorded_is_new_and_may_be_missing()
    {
        var before = new MapValue(s_all.Entries.Where(entry => entry.Key != "ZaqarPassword"));
        Record.Keep(before, []);
        File.WriteAllText(PasswordsFile, PasswordFiles.WriteYaml(before));
        Read(installed: true);
        Assert.Empty(_findings.All);
    }

    [Fact]
    public void A_missing_password_that_undercloud_conf_sets_is_not_missing()
    {
        Record.Keep(s_all, []);
        File.WriteAllText(PasswordsFile, PasswordFiles.WriteYaml(new(s_all.Entries.Where(entry => entry.Key != "AdminPassword"))));
        Read(installed: true, "[auth]\nundercloud_admin_password = mine-alone\n");
        Assert.Empty(_findings.All);
    }

    [Theory]
    [InlineData("AdminPassword", "[one, two]", "AdminPassword is of type list where a text belongs.")]
    [InlineData("AdminPassword", "{a: b}", "AdminPassword is of type map where a text belongs.")]
    [InlineData("KeystoneFernetKeys", "text", "KeystoneFernetKeys is of type string where a map belongs.")]
    public void A_password_of_another_type_is_an_error_at_its_line_on_every_host(string name, string value, string said)
    {
        File.WriteAllText(PasswordsFile, $"parameter_defaults:\n  AodhPassword: 12345\n  BarbicanPassword:\n  {name}: {value}\n");
        Read(installed: false);
        Assert.StartsWith($"{PasswordsFile}:4:3: error PWD005: {said}\n  Write it as one value.", Finding(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_the_files_name_is_an_error_on_every_host()
    {
        Directory.CreateDirectory(PasswordsFile);
        Read(installed: false);
        Assert.Contains("PWD002", Finding());
    }

    [Fact]
    public void A_project_that_was_run_by_hand_has_the_passwords()
    {
        var project = Directory.CreateDirectory(Gatherer.ProjectDirectory(Config()));
        File.WriteAllText(Path.Combine(project.FullName, "passwords.yaml"), PasswordFiles.WriteYaml(s_all));
        Assert.Equal(s_all.Count, Read(installed: true).Count);
        Assert.Empty(_findings.All);
    }

    [Fact]
    public void A_mask_knows_old_passwords_and_new_ones()
    {
        Record.Keep(new([new("AdminPassword", "old-one")]), ["hidden-text"]);
        Record.Keep(new([new("AdminPassword", "second-one")]), []);
        File.WriteAllText(PasswordsFile, "parameter_defaults:\n  AdminPassword: third-one\n");
        var texts = new KeptPasswords(Config("[auth]\nundercloud_admin_password = fourth-one\n"), Record).Texts().ToList();
        Assert.All(new[] { "hidden-text", "second-one", "third-one", "fourth-one" }, text => Assert.Contains(text, texts));
    }

    [Fact]
    public void A_damaged_record_hides_what_the_files_have()
    {
        Record.Keep(s_all, ["hidden-text"]);
        File.WriteAllText(Path.Combine(_home, "state", "secrets.json"), "[\"hid");
        Assert.Contains(((StringValue)s_all["AdminPassword"]!).Text, new KeptPasswords(Config(), Record).Texts());
        Record.Keep(s_all, ["again"]);
        Assert.Equal(["again"], Record.Texts());
        Record.Forget();
        Assert.Null(Record.Passwords());
    }
}
