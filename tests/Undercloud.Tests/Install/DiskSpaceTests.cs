using Undercloud.Deploy.Events;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class DiskSpaceTests : IDisposable
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    // base, and upon it a and b; c came from a registry, which tells nothing of what it stands on.
    private const string Images = """
        [
          {"Id": "1", "Names": ["base"], "Size": 314572800, "Created": 1},
          {"Id": "2", "Names": ["a"], "Size": 419430400, "Created": 2, "ParentId": "1"},
          {"Id": "3", "Names": ["b"], "Size": 524288000, "Created": 3, "Labels": {"undercloud.parent": "1"}},
          {"Id": "4", "Names": ["c"], "Size": 104857600, "Created": 4}
        ]
        """;

    private readonly FakeInstallation _installation = new();
    private readonly Heard _heard = new();

    public DiskSpaceTests() => _installation.Events.Subscribe(_heard);

    public void Dispose() => _installation.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a", 400)]
    [InlineData("a b", 600)]
    [InlineData("a b c", 700)]
    [InlineData("unknown", 400)]
    [InlineData("", 0)]
    public async Task The_size_of_images_counts_shared_layers_once(string names, long size)
    {
        _installation.Host.Answer("podman image ls", Images);
        var present = await new ImageStore(_installation.Host).ListAsync(Stop);
        Assert.Equal(size * MiB, ImageRoom.BytesOf(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), present));
    }

    [Fact]
    public async Task Images_with_room_are_not_asked_about()
    {
        Disk(2 * GiB);
        await new ImageRoom(_installation.Context).EnsureAsync(["c"], ["a", "b"], () => throw new InvalidOperationException("There is room."), Stop);
    }

    [Fact]
    public async Task Images_without_room_are_a_finding_with_what_is_needed_and_what_is_free()
    {
        Disk(500 * MiB);
        var failure = await Assert.ThrowsAsync<InputException>(() => new ImageRoom(_installation.Context).EnsureAsync(["a", "b"], [], () => Task.FromResult<IEnumerable<string>>(["a", "b"]), Stop));
        var finding = Assert.Single(failure.Diagnostics);
        Assert.Equal("HOST003", finding.Code);
        Assert.Equal("The file system at / has 500 MiB free, and 600 MiB are needed: 600 MiB for images in /var/lib/containers.", finding.Message);
    }

    [Fact]
    public async Task Only_outdated_images_need_room()
    {
        Disk(500 * MiB);
        await new ImageRoom(_installation.Context).EnsureAsync(["a", "b"], [], () => Task.FromResult<IEnumerable<string>>(["a"]), Stop);
    }

    [Fact]
    public async Task A_build_needs_room_for_packages_and_temporary_files_as_well()
    {
        Disk(1 * GiB);
        var failure = await Assert.ThrowsAsync<InputException>(() => new ImageRoom(_installation.Context).EnsureAsync([], ["a", "b"], () => Task.FromResult<IEnumerable<string>>(["a", "b"]), Stop));
        Assert.Contains("200 MiB for their packages in ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("512 MiB for building and temporary files in /var/tmp", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_of_images_need_room_on_their_node()
    {
        Disk(100 * GiB);
        _installation.Host.Answer("ssh", Df(100 * MiB));
        var failure = await Assert.ThrowsAsync<InputException>(() => new ImageRoom(_installation.Context).EnsureAsync("there", _installation.Context.Nodes.RunnerOf(_installation.Applied("there").Nodes[1]), ["a"], Stop));
        Assert.StartsWith("there: The file system at / has 100 MiB free", Assert.Single(failure.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_validations_warns_and_continues()
    {
        _installation.Host.Answer("df", Df(1 * MiB));
        var builds = new PlanImages(_installation.Context) { Validates = false };
        _installation.Ready();
        var install = new InstallOperation(_installation.Context, new(_installation.Request(), "update", InstallGoal.Plan));
        await install.RunAsync(Stop);
        await Record.ExceptionAsync(() => builds.ReadyAsync(install.Run, renew: true, Stop));
        Assert.Contains(_heard.All.OfType<Warning>(), warning => warning.Text.Contains("HOST003", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dumps_without_room_are_a_finding_before_anything_is_changed()
    {
        _installation.Host.Answer("podman exec --user root mysql size keystone nova", $"{4 * GiB}\n").Answer("df", Df(1 * GiB));
        var finding = Assert.Single(await new DatabaseDumps(_installation.Context).WithoutRoomAsync(WithDatabases(), ["keystone", "nova"], Stop));
        Assert.Equal("HOST003", finding.Code);
        Assert.Contains("2048 MiB for dumps of the databases keystone, nova in ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dumps_of_a_server_that_does_not_tell_its_size_are_not_estimated()
    {
        _installation.Host.Answer("podman exec", "no", exit: 1).Answer("df", Df(0));
        Assert.Empty(await new DatabaseDumps(_installation.Context).WithoutRoomAsync(WithDatabases(), ["keystone"], Stop));
    }

    private static string Df(long free, long total = 200 * GiB) => $"Avail 1B-blocks Mounted on\n{free} {total} /\n";

    private void Disk(long free, long total = 200 * GiB) => _installation.Host.Answer("df", Df(free, total)).Answer("podman image ls", Images);

    private static DeploymentPlan WithDatabases() => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes = [new() { Role = "Undercloud", Manifest = new() { Node = "here" }, DatabaseServer = new("mysql", ["schema"], ["dump"], ["load"]) { Size = ["size"] } }],
    };
}
