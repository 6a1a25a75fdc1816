using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Images;

public sealed class ImageBuildLockTests : IDisposable
{
    private readonly FakeBuilds _builds = new();

    public void Dispose() => _builds.Dispose();

    [Fact]
    public async Task A_build_waits_for_another_one_and_says_so()
    {
        var other = new FileStream(_builds.Paths.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var build = _builds.BuildAsync("base");
        Assert.False(build.IsCompleted);
        Assert.Contains("Another build of images is running; waiting for it.", _builds.Said.All);
        Assert.Empty(_builds.Host.Lines);
        await other.DisposeAsync();
        Assert.Equal("id-of-base", (await build)[0].Id);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_is_an_error_and_not_waited_for()
    {
        File.CreateSymbolicLink(_builds.Paths.LockFile, _builds.Paths.LockFile);
        await Assert.ThrowsAnyAsync<IOException>(() => _builds.BuildAsync("base").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(_builds.Said.All, line => line.Contains("Another build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_lock_is_free_again_when_a_build_has_failed()
    {
        _builds.Host.Clear().Answer("podman image ls", "nonsense");
        await Assert.ThrowsAsync<HostCommandException>(() => _builds.BuildAsync("base"));
        await using var free = new FileStream(_builds.Paths.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task What_a_build_starts_carries_the_locks_name()
    {
        await _builds.BuildAsync();
        var started = _builds.Host.Ran.Where(command => command.Program is "buildah" or "mmdebstrap").ToList();
        Assert.NotEmpty(started);
        Assert.All(started, command => Assert.Equal(_builds.Paths.LockFile, command.Environment[MarkedProcesses.Variable]));
    }

    [Fact]
    public async Task Definitions_that_are_wrong_are_told_all_at_once_and_nothing_is_started()
    {
        _builds.Define("keystone", "from: nowhere\npackages: [keystone]");
        _builds.Define("glance", "from: openstack\nfiles: [{source: gone.conf, path: /etc/gone.conf}]");
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => _builds.BuildAsync("keystone"));
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
        Assert.Contains("gone.conf", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_builds.Host.Lines);
        Assert.False(File.Exists(_builds.Paths.LockFile));
    }

    [Fact]
    public async Task A_name_without_a_definition_is_told_with_the_nearest_one()
    {
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => _builds.BuildAsync("keyston"));
        Assert.Contains("keystone", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_builds.Host.Lines);
    }

    [Fact]
    public async Task Packages_that_a_failed_build_has_fetched_are_kept_and_replace_older_ones()
    {
        Directory.CreateDirectory(_builds.Pool);
        File.WriteAllText(Path.Combine(_builds.Pool, "python3_3.11-1_amd64.deb"), "old");
        File.WriteAllText(Path.Combine(_builds.Pool, "curl_7.88_amd64.deb"), "curl");
        File.WriteAllText(Path.Combine(_builds.Pool, "by-hand.deb"), "theirs");
        var fetched = _builds.Host;
        _builds.Failing["install -y"] = "no";
        fetched.Clear().Answer("podman image ls", "[]").Answer("buildah commit", "id").Do("cp -al", command =>
        {
            Directory.CreateDirectory(command.Arguments[2]);
            File.WriteAllText(Path.Combine(command.Arguments[2], "python3_3.11-2_amd64.deb"), "new");
            return (0, "", "");
        }).Do("buildah --runtime crun run", command => command.Arguments[^1].Contains("install -y", StringComparison.Ordinal) ? (100, "no", "") : (0, "", ""));
        Assert.NotNull((await _builds.BuildAsync("openstack"))[^1].Failure);
        Assert.Equal(["by-hand.deb", "curl_7.88_amd64.deb", "python3_3.11-2_amd64.deb"], Directory.GetFiles(_builds.Pool).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([_builds.Pool], Directory.GetDirectories(Path.GetDirectoryName(_builds.Pool)!));
    }

    [Fact]
    public async Task Directories_that_a_killed_build_left_go_and_fetched_packages_stay()
    {
        Directory.CreateDirectory(_builds.Pool);
        File.WriteAllText(Path.Combine(_builds.Pool, "curl_7.88_amd64.deb"), "curl");
        Directory.CreateDirectory($"{_builds.Pool}.keystone/partial");
        await _builds.BuildAsync("base");
        Assert.Equal([_builds.Pool], Directory.GetDirectories(Path.GetDirectoryName(_builds.Pool)!));
        Assert.True(File.Exists(Path.Combine(_builds.Pool, "curl_7.88_amd64.deb")));
    }
}
