using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Prerequisites;

public sealed class HostPackagesTests
{
    private const string Simulation = """
        NOTE: This is only a simulation!
        The following packages have been kept back:
          held
        Inst openssl [3.0.14-1~deb12u1] (3.0.15-1~deb12u1 Debian:12.8/stable [amd64])
        Inst linux-image-6.1.0-31-amd64 (6.1.128-1 Debian-Security:12/stable-security [amd64]) []
        Inst libssl3 [3.0.14-1~deb12u1] (3.0.15-1~deb12u1 Debian:12.8/stable [amd64]) [openssl:amd64 ]
        Conf openssl (3.0.15-1~deb12u1 Debian:12.8/stable [amd64])

        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_simulation_tells_which_packages_an_upgrade_changes()
    {
        var host = new FakeProcesses().Answer("apt-get", Simulation);
        Assert.Equal(
            [new("libssl3", "3.0.14-1~deb12u1", "3.0.15-1~deb12u1"), new("linux-image-6.1.0-31-amd64", null, "6.1.128-1"), new("openssl", "3.0.14-1~deb12u1", "3.0.15-1~deb12u1")],
            await new HostPackages(host).ListAsync(Stop));
        Assert.Equal("apt-get -o DPkg::Lock::Timeout=300 --simulate -q --with-new-pkgs upgrade", Assert.Single(host.Lines));
    }

    [Fact]
    public async Task An_upgrade_asks_nothing_and_keeps_changed_files_and_running_services()
    {
        var host = new FakeProcesses();
        await new HostPackages(host).UpgradeAsync();
        var command = Assert.Single(host.Ran);
        Assert.Equal("apt-get -o DPkg::Lock::Timeout=300 -y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -q --with-new-pkgs upgrade", $"{command}");
        Assert.Equal(("noninteractive", "l"), (command.Environment["DEBIAN_FRONTEND"], command.Environment["NEEDRESTART_MODE"]));
    }

    [Fact]
    public async Task A_node_without_apt_fails_with_the_command()
    {
        var host = new FakeProcesses().Answer("apt-get", "", exit: 127);
        Assert.Contains("apt-get", (await Assert.ThrowsAsync<HostCommandException>(() => new HostPackages(host).ListAsync(Stop))).Message, StringComparison.Ordinal);
    }
}
