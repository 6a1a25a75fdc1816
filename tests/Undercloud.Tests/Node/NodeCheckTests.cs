using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Containers;
using Undercloud.Host.Operations;
using Undercloud.Tests.Containers;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Node;

public sealed class NodeCheckTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly FakeProcesses _processes = new FakeProcesses().Answer("podman ps", "[]").Answer("podman image inspect", Specs.ImageId + "\n" + Specs.ImageId).Answer("nft", "", exit: 1);

    [Fact]
    public async Task A_check_names_what_differs_and_writes_nothing()
    {
        var found = await CheckAsync(Plan(new FileEntry(_host.At("new"), _host.Uid, _host.Gid, "0644", "text\n")));
        Assert.True(found.Changed);
        Assert.Equal([("file", _host.At("new")), ("container", "keystone"), ("container", "sync")], found.Changes.Select(change => (change.Kind, change.Name)));
        Assert.False(File.Exists(_host.At("new")));
        Assert.False(Directory.Exists(_host.Layout.StateDirectory));
    }

    [Fact]
    public async Task The_containers_of_all_steps_are_read_once_and_no_program_of_our_own_is_started()
    {
        await CheckAsync(Plan());
        Assert.Single(_processes.Ran, command => command.ToString().StartsWith("podman ps", StringComparison.Ordinal));
        Assert.Single(_processes.Ran, command => command.ToString().StartsWith("podman image inspect", StringComparison.Ordinal));
        Assert.DoesNotContain(_processes.Ran, command => command.Program.EndsWith("undercloud", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_cannot_be_compared_is_named_at_once()
    {
        _processes.Clear().Answer("podman", "cannot connect to storage", exit: 125);
        Directory.CreateDirectory(_host.Layout.StateDirectory);
        File.WriteAllText(_host.Layout.OwnedFile, "{");
        var found = await CheckAsync(Plan());
        Assert.True(found.Failed);
        Assert.Contains("storage", found.Message);
        Assert.Contains("owned.json", found.Message);
    }

    [Fact]
    public async Task The_cloud_is_asked_only_when_that_is_wanted()
    {
        var plan = Plan();
        plan = plan with
        {
            Nodes =
            [
                plan.Nodes[0] with
                {
                    Manifest = plan.Nodes[0].Manifest with { Cloud = new Dictionary<int, CloudManifest> { [3] = new() { Login = new("http://k:5000", "admin", "secret", "admin"), Projects = ["service"] } } },
                },
            ],
        };
        using var cloud = new FakeCloud();
        Assert.DoesNotContain((await CheckAsync(plan, cloud)).Changes, change => change.Kind == "project");
        Assert.Contains((await CheckAsync(plan, cloud, ask: true)).Changes, change => change.Kind == "project");
    }

    [Fact]
    public async Task A_plan_without_services_is_compared_as_a_removal()
    {
        var ours = """[{"Names": ["keystone"], "Id": "1", "State": "running", "Labels": {"config_id": "tripleo_step3", "managed_by": "tripleo-Undercloud"}}]""";
        _processes.Clear().Answer("podman ps", ours);
        var found = await CheckAsync(Planner.Empty("undercloud", "zed", "undercloud", "Undercloud"));
        Assert.Equal([("keystone", "remove")], found.Changes.Where(change => change.Kind == "container").Select(change => (change.Name, change.Action)));
    }

    public void Dispose() => _host.Dispose();

    private Task<NodeResult> CheckAsync(DeploymentPlan plan, FakeCloud? cloud = null, bool ask = false) =>
        new NodeCheck(
            _processes, () => new Kept(cloud ?? new FakeCloud()), new JumpingTime(), _host.Layout,
            new ContainerPaths { UnitDirectory = _host.At("units"), RecordsFile = _host.At("execs.json"), StartTimesFile = _host.At("starts.json"), LockFile = _host.At("containers.lock") })
        .RunAsync(plan.Nodes[0], ask, CancellationToken.None);

    private static DeploymentPlan Plan(params ImmutableArray<FileEntry> files) => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes =
        [
            new NodePlan
            {
                Role = "Undercloud",
                Services = ["keystone"],
                Manifest = new NodeManifest { Node = "undercloud", Files = new FilesManifest { Files = [.. files] } },
                Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>> { [3] = [Specs.Service(), Specs.OneShot()] },
            },
        ],
    };
}
