using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Files;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Node;

/// <summary>What Ansible itself would do on a node where the plan was applied.</summary>
public sealed class AnsibleActionsTests : IDisposable
{
    private readonly FakeHost _host = new();

    private readonly NodePlan _node = new()
    {
        Role = "r",
        Manifest = new() { Node = "n" },
        Packages = ["haproxy", "logrotate"],
        DeployStepsTasks = new Dictionary<int, Value>
        {
            [1] = CanonicalJson.Read("""[{"systemd": {"name": "a.timer", "state": "started"}}, {"systemd": {"name": "b.timer", "state": "started"}}]"""),
        },
    };

    public AnsibleActionsTests()
    {
        AtomicFile.WriteText(Program, "the program");
        AtomicFile.WriteText(Staged, "the program", (UnixFileMode)0x1ED);
        AtomicFile.WriteText(_host.Layout.ManifestFile, ManifestJson.Write(_node.Manifest));
        AtomicFile.WriteText(Release, "zed\n", AtomicFile.Public);
        _host.Answers["dpkg-query"] = () => "installed haproxy\ninstalled logrotate\n";
        _host.Answers["systemctl is-active a.timer b.timer"] = () => "active\nactive\n";
    }

    private string Program => _host.At("undercloud");

    private string Staged => _host.At("libexec/undercloud");

    private string Release => Path.Combine(_host.Layout.StateDirectory, "release");

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Where_the_plan_was_applied_nothing_is_left() => Assert.Empty(await LeftAsync());

    [Fact]
    public async Task Another_program_or_another_mode_is_staged_again()
    {
        AtomicFile.WriteText(Program, "newprogram!");
        Assert.Equal([Staged], await LeftAsync());
        AtomicFile.WriteText(Program, "the program");
        File.SetUnixFileMode(Staged, AtomicFile.Private);
        Assert.Equal([Staged], await LeftAsync());
        File.Delete(Staged);
        Assert.Equal([Staged], await LeftAsync());
    }

    [Fact]
    public async Task A_changed_or_missing_manifest_or_release_is_staged_again()
    {
        File.AppendAllText(_host.Layout.ManifestFile, " ");
        Assert.Equal([_host.Layout.ManifestFile], await LeftAsync());
        File.Delete(_host.Layout.ManifestFile);
        File.Delete(Release);
        Assert.Equal([_host.Layout.ManifestFile, Release], await LeftAsync());
    }

    [Fact]
    public async Task A_package_that_is_missing_or_only_configured_is_installed()
    {
        _host.Answers["dpkg-query"] = () => "config-files haproxy\n";
        Assert.Equal(["haproxy", "logrotate"], await LeftAsync());
    }

    [Theory]
    [InlineData("active\ninactive\n", "b.timer")]
    [InlineData("failed\nactive\n", "a.timer")]
    [InlineData("active\n", "b.timer")]
    public async Task A_unit_that_does_not_run_is_started(string states, string unit)
    {
        _host.Answers["systemctl is-active a.timer b.timer"] = () => states;
        Assert.Equal([unit], await LeftAsync());
    }

    [Fact]
    public void What_is_left_decides_what_is_played()
    {
        var plan = new DeploymentPlan { Stack = "undercloud", Release = "zed", Nodes = [_node] };
        var other = plan with { Nodes = [_node, _node with { HostPrepTasks = CanonicalJson.Read("""[{"command": "true"}]""") }] };
        var nothing = new NodeResult(false, []);
        Assert.Equal(RemainingWork.Nothing, RemainingTasks.Of(plan, [nothing]));
        Assert.Equal(RemainingWork.TemplateTasks, RemainingTasks.Of(other, [nothing, nothing]));
        Assert.Equal(RemainingWork.All, RemainingTasks.Of(plan, [nothing, new(true, [new("file", "/x", "update")])]));
        Assert.Equal(RemainingWork.All, RemainingTasks.Of(plan, [nothing with { Notes = ["Keystone does not answer"] }]));
        Assert.Equal(RemainingWork.All, RemainingTasks.Of(plan, [new(false, [], Failed: true, "damaged")]));
    }

    private async Task<IEnumerable<string>> LeftAsync() => (await new AnsibleActions(_host, _host.Layout, Program, Staged).CheckAsync(_node, CancellationToken.None)).Changes.Select(change => change.Name);
}
