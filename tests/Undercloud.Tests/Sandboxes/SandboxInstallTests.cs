using Undercloud.Cli.Commands;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Host.Failures;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Tests.Sandboxes;

public sealed class SandboxInstallTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Directories_of_configuration_files_are_taken_and_named_inside()
    {
        var (conf, one, two) = (At("undercloud.conf", "[DEFAULT]\n"), At("one/a.conf", "[DEFAULT]\nlocal_mtu = 1400\n"), At("two/b.conf", "[DEFAULT]\n"));
        var options = new RunOptions(conf, null, false, true) { ConfigDirectories = [Path.GetDirectoryName(one)!, Path.GetDirectoryName(two)!], Compat = "train" };
        Assert.Equal(
            [(conf, "/root/undercloud.conf"), (Path.GetDirectoryName(one)!, "/root/undercloud.conf.d-0"), (Path.GetDirectoryName(two)!, "/root/undercloud.conf.d-1")],
            SandboxInstall.FilesToTake(_home, options));
        Assert.Equal(["--config-dir=/root/undercloud.conf.d-0", "--config-dir=/root/undercloud.conf.d-1", "--compat=train", "--dry-run"], SandboxInstall.Flags(options));
    }

    [Fact]
    public void What_a_file_of_such_a_directory_names_is_taken_too()
    {
        var environment = At("own.yaml", "{}\n");
        At("conf.d/a.conf", $"[DEFAULT]\ncustom_env_files = {environment}\n");
        var options = new RunOptions(At("undercloud.conf", "[DEFAULT]\n"), null, false, false) { ConfigDirectories = [Path.Combine(_home, "conf.d")] };
        Assert.Contains((environment, "/root/own.yaml"), SandboxInstall.FilesToTake(_home, options));
    }

    [Fact]
    public async Task A_directory_replaces_the_one_of_an_earlier_install()
    {
        At("conf.d/a.conf", "");
        var processes = new FakeProcesses();
        await SandboxInstall.CopyAsync(new Sandbox("one", processes, TimeProvider.System), Path.Combine(_home, "conf.d"), "/root/undercloud.conf.d-0", TestContext.Current.CancellationToken);
        var ran = processes.Ran.Select(command => command.ToString()).ToList();
        Assert.Contains("rm -rf /root/undercloud.conf.d-0", ran[^2], StringComparison.Ordinal);
        Assert.StartsWith($"podman cp {_home}/conf.d ", ran[^1], StringComparison.Ordinal);
        Assert.EndsWith(":/root/undercloud.conf.d-0", ran[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_is_refused_before_anything_is_made() =>
        Assert.Throws<InputException>(() => SandboxInstall.FilesToTake(_home, new RunOptions(Path.Combine(_home, "none.conf"), null, false, false)));

    private string At(string name, string text)
    {
        var path = Path.Combine(_home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
