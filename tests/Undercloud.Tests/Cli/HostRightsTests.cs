using Undercloud.Cli.Commands;
using Undercloud.Host.Failures;

namespace Undercloud.Tests.Cli;

public sealed class HostRightsTests
{
    [Fact]
    public void Only_root_changes_a_host() => Assert.Contains("only root", Assert.Throws<InstallException>(() => HostRights.Check(isRoot: false, systemdRuns: true)).Message);

    [Fact]
    public void A_host_without_systemd_is_refused() =>
        Assert.Contains("does not run systemd", Assert.Throws<InstallException>(() => HostRights.Check(isRoot: true, systemdRuns: false)).Message);

    [Fact]
    public void Root_under_systemd_may() => HostRights.Check(isRoot: true, systemdRuns: true);
}
