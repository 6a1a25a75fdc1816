using Undercloud.Config;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class DiffOperationTests : IDisposable
{
    private const string Memcached = "localhost/undercloud/memcached:zed";

    private readonly FakeInstallation _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<DiffOutcome> DiffAsync() => new DiffOperation(_host.Context).RunAsync(_host.Request(), Stop);

    [Fact]
    public async Task An_image_that_is_not_here_would_be_built_and_nothing_is_written()
    {
        var outcome = await Missing().DiffAsync();
        Assert.Contains(outcome.Differences.Changes, change => change is { Kind: "image", Name: Memcached, Action: "build" });
        Assert.True(outcome.Differences.Changed);
        Assert.Equal(["roles.yaml", "undercloud.conf"], Directory.EnumerateFileSystemEntries(_host.Home).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(_host.Host.Lines, line => line.StartsWith("buildah", StringComparison.Ordinal) || line.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Images_are_compared_with_those_that_were_applied()
    {
        _host.Ready();
        var run = (await DiffAsync()).Run;
        File.WriteAllText(_host.Passwords, PasswordFiles.WriteYaml(run.Inputs.Passwords));
        var plan = run.Plan;
        var before = plan.Images.ToDictionary();
        before[Memcached] = new('f', 64);
        before["localhost/undercloud/former:zed"] = new('e', 64);
        Record(plan with { Images = before });
        Assert.Equal(
            [$"remove localhost/undercloud/former:zed", $"update {Memcached}"],
            (await DiffAsync()).Differences.Changes.Where(change => change.Kind == "image").Select(change => $"{change.Action} {change.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_damaged_plan_leaves_out_the_images_and_the_rest_is_still_compared()
    {
        _host.Ready();
        Record(_host.Applied());
        File.WriteAllText(Path.Combine(_host.State, "generations", "1", "plan.json"), "[");
        _host.Agent.Differences = new(true, [new("file", "/etc/hosts", "update")]);
        var heard = new Heard();
        _host.Events.Subscribe(heard);
        var outcome = await DiffAsync();
        Assert.Contains(heard.All.OfType<Warning>(), warning => warning.Text.StartsWith("Images are not compared with what was applied. ", StringComparison.Ordinal));
        Assert.Equal(["/etc/hosts"], outcome.Differences.Changes.Select(change => change.Name));
    }

    [Fact]
    public async Task A_host_that_cannot_be_compared_is_an_error_and_not_an_empty_difference()
    {
        _host.Agent.Differences = new NodeResult(false, [], Failed: true, "`podman ps` failed with exit code 125.");
        _host.Ready();
        var failure = await Assert.ThrowsAsync<InstallException>(DiffAsync);
        Assert.Contains("cannot be compared with the plan.\n`podman ps` failed with exit code 125.", failure.Message, StringComparison.Ordinal);
    }

    private DiffOperationTests Missing()
    {
        _host.Ready("memcached");
        return this;
    }

    private void Record(DeploymentPlan plan) => _host.Generations.Write(new(1, GenerationState.Applied, plan.Hash, "install", DateTimeOffset.UnixEpoch), plan);
}
