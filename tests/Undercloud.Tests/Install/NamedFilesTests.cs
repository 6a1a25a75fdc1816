using System.Diagnostics;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;

namespace Undercloud.Tests.Install;

/// <summary>Files that undercloud.conf names, as they are found on a host.</summary>
public sealed class NamedFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("named-files").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("custom_env_files")]
    [InlineData("container_images_file")]
    [InlineData("hieradata_override")]
    [InlineData("net_config_override")]
    [InlineData("roles_file")]
    [InlineData("undercloud_service_certificate")]
    public void A_file_that_is_not_there_or_a_directory_is_an_error_at_its_option(string option)
    {
        var place = $"f:2:{option.Length + 4}: error CFG051:";
        Assert.StartsWith($"{place} There is no file {_directory}/none.\n  Write the file, or correct {option}, which names it.", Findings($"{option} = {_directory}/none"), StringComparison.Ordinal);
        Assert.StartsWith($"{place} {_directory} is a directory.", Findings($"{option} = {_directory}"), StringComparison.Ordinal);
        Assert.StartsWith($"{place} /dev/null is not a file but a device, a socket or a pipe.", Findings($"{option} = /dev/null"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom_env_files")]
    [InlineData("hieradata_override")]
    public void A_file_that_is_not_text_is_an_error(string option)
    {
        File.WriteAllBytes(Path.Combine(_directory, "bytes"), [0x61, 0xff]);
        Assert.Contains($"error CFG051: {_directory}/bytes is not UTF-8 text.", Findings($"{option} = {_directory}/bytes"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom_env_files", "warning CFG058: FILE is empty, and sets nothing.")]
    [InlineData("container_images_file", "warning CFG058: FILE is empty, and sets nothing.")]
    [InlineData("hieradata_override", "FILE: error HIERA001: The file of hieradata_override is empty.")]
    [InlineData("undercloud_service_certificate", "error CFG052: FILE is empty.")]
    [InlineData("net_config_override", "")]
    public void An_empty_file_is_judged_by_what_it_is_for(string option, string finding)
    {
        var file = Write("empty", "\n");
        var found = Findings($"{option} = {file}");
        Assert.Contains(finding.Replace("FILE", file, StringComparison.Ordinal), found, StringComparison.Ordinal);
        Assert.Equal(finding.Length == 0, found.Length == 0);
    }

    [Fact]
    public void What_the_text_of_a_file_shows_has_its_place_in_that_file()
    {
        var environment = Write("own.yaml", "parameter_defaults:\n  A: [1\n");
        var roles = Write("roles.yaml", "- {name: Undercloud}\n- 7\n");
        var found = Findings($"custom_env_files = {environment}\nroles_file = {roles}");
        Assert.Contains($"{environment}:", found, StringComparison.Ordinal);
        Assert.Contains($"{roles}:2:3: error ROLE002: A role must be a map with a name.", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_are_a_directory_and_one_that_is_missing_is_one_finding()
    {
        Assert.StartsWith($"f:2:13: error CFG050: There is no directory {_directory}/none.\n", Findings($"templates = {_directory}/none"), StringComparison.Ordinal);
        Assert.StartsWith($"f:2:13: error CFG050: {Write("file", "")} is a file, not a directory.\n", Findings($"templates = {_directory}/file"), StringComparison.Ordinal);
        Assert.DoesNotContain("CFG051", Findings($"templates = {_directory}/none"), StringComparison.Ordinal);
        Assert.Contains($"error CFG051: There is no file {_directory}/roles_data_undercloud.yaml.", Findings($"templates = {_directory}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_followed_and_one_to_nothing_is_said_to_be_broken()
    {
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), Write("own.yaml", "parameter_defaults: {}\n"));
        File.CreateSymbolicLink(Path.Combine(_directory, "lost"), Path.Combine(_directory, "none"));
        Assert.Equal("", Findings($"custom_env_files = {_directory}/link"));
        Assert.Contains($"error CFG051: {_directory}/lost is a link to {_directory}/none, which does not exist.", Findings($"custom_env_files = {_directory}/lost"), StringComparison.Ordinal);
        Assert.Contains($"error CFG050: {_directory}/lost is a link to {_directory}/none, which does not exist.", Findings($"templates = {_directory}/lost"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_file_that_is_a_link_to_nothing_is_an_error_and_not_the_defaults()
    {
        var lost = Path.Combine(_directory, "undercloud.conf");
        File.CreateSymbolicLink(lost, "none.conf");
        var diagnostics = new DiagnosticBag();
        ConfigFiles.Read(lost, [lost], diagnostics);
        Assert.Equal(2, diagnostics.All.Length);
        Assert.All(diagnostics.All, finding => Assert.Equal($"{lost} is a link to {_directory}/none.conf, which does not exist.", finding.Message));
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        var pipe = Path.Combine(_directory, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            made.WaitForExit();
        Assert.Contains("is not a file but a device, a socket or a pipe", Findings($"custom_env_files = {pipe}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_this_user_may_not_read_has_a_code_of_its_own()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root reads everything");
        var file = Write("closed", "x: 1\n");
        File.SetUnixFileMode(file, UnixFileMode.None);
        Assert.Contains($"error CFG059: This user may not read or write {file}.", Findings($"hieradata_override = {file}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_where_images_come_from_is_found_in_the_files_alone()
    {
        var file = Write("prepare.yaml", "parameter_defaults:\n  ContainerImagePrepare: [{set: {namespace: one.example.org/a}, modify_role: x}]\n");
        Assert.StartsWith($"{file}:2:78: error CIP001: ContainerImagePrepare[0].modify_role: images are not modified when they are pulled.", Findings($"custom_env_files = {file}"), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Findings(string options)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read($"[DEFAULT]\n{options}\n", "f", "/home/stack", new DiagnosticBag());
        NamedFiles.Read(config, null, DateTimeOffset.UtcNow, diagnostics).Check(diagnostics);
        return string.Join('\n', diagnostics.All);
    }
}
