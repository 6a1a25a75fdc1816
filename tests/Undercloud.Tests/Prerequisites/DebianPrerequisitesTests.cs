using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Prerequisites;

public sealed class DebianPrerequisitesTests
{
    private static readonly PrerequisiteSet s_set = new("to try", ["a", "b"]);

    [Fact]
    public void Only_packages_that_are_not_installed_are_missing() => Assert.Equal(
        ["b", "c"],
        DebianPrerequisites.Missing(["a", "b", "c"], "installed a\nconfig-files b\n"));

    [Fact]
    public async Task Nothing_is_installed_when_all_is_there()
    {
        var processes = new FakeProcesses().Answer("dpkg-query", "installed a\ninstalled b\n");
        Assert.Empty(await new DebianPrerequisites(processes, new Silence()).EnsureAsync([s_set], TestContext.Current.CancellationToken));
        Assert.Single(processes.Ran);
    }

    [Fact]
    public async Task A_machine_without_dpkg_is_told_that_it_is_no_Debian()
    {
        var processes = new FakeProcesses().Answer("dpkg-query", "", exit: 127);
        var refused = await Assert.ThrowsAsync<PrerequisiteException>(() =>
            new DebianPrerequisites(processes, new Silence()).EnsureAsync([s_set], TestContext.Current.CancellationToken));
        Assert.Contains("does not run Debian", refused.Message);
        Assert.Contains("to try: a, b", refused.Message);
    }

    private sealed class Silence : IProgressView
    {
        public void Phase(string name)
        {
        }

        public void Now(string text)
        {
        }

        public void Line(string text)
        {
        }

        public void Warn(string text)
        {
        }
    }
}
