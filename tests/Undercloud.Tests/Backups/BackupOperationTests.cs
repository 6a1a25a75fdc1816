using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Backups;

public sealed class BackupOperationTests : IDisposable
{
    private readonly BackedUpHost _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_has_configuration_passwords_databases_and_the_declared_files()
    {
        _host.Applied();
        var outcome = await _host.Backup().RunAsync(Stop);
        Assert.Equal(_host.Archive, outcome.File);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_host.Archive));
        Assert.Equal([_host.Archive], Directory.GetFiles(Path.GetDirectoryName(_host.Archive)!));
        var manifest = await new BackupFile(_host.Runner, _host.Archive).ReadAsync(new ArchiveReader(_host.Archive), Stop);
        Assert.Equal(["backup.json", "configuration.tar.000000", "databases.sql.000000", "nodes/undercloud/glance.tar.000000", "nodes/undercloud/swift.tar.000000"], manifest.Entries.Select(entry => entry.Name));
        Assert.Equal(("zed", 4, "undercloud"), (manifest.Contents.Release, manifest.Contents.Generation, manifest.Contents.DeployingNode));
        Assert.Equal(["glance", "keystone"], manifest.Contents.Databases);
        Assert.Equal(1234, manifest.Contents.DatabaseBytes);
        Assert.Contains(_host.Runner.Lines, line => line == "podman exec --user root mysql mariadb-dump --databases glance keystone");

        // What another host is not, what is made again, and another backup.
        var listed = await _host.ListAsync("*.tar.*");
        Assert.Contains(listed, name => name.EndsWith("undercloud.conf", StringComparison.Ordinal));
        Assert.Contains(listed, name => name.EndsWith("state/passwords.yaml", StringComparison.Ordinal));
        Assert.Contains(listed, name => name.EndsWith("generations/4/plan.json", StringComparison.Ordinal));
        Assert.Contains(listed, name => name.EndsWith("images/one", StringComparison.Ordinal));
        Assert.DoesNotContain(listed, name => name.Contains("owned.json", StringComparison.Ordinal) || name.Contains("staging", StringComparison.Ordinal) || name.Contains("undercloud-backup-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_lists_the_parts_with_their_sizes_and_writes_nothing()
    {
        _host.Applied();
        var outcome = await _host.Backup(dryRun: true).RunAsync(Stop);
        Assert.Null(outcome.File);
        Assert.Equal(["configuration", "glance", "swift"], outcome.Contents.Parts.Select(part => part.Name));
        Assert.All(outcome.Contents.Parts, part => Assert.True(part.Bytes > 0));
        Assert.False(File.Exists(_host.Archive));
        Assert.False(File.Exists(Path.Combine(_host.Installation.State, "lock")));
    }

    [Fact]
    public async Task A_dry_run_leaves_the_unfinished_file_of_another_backup()
    {
        _host.Applied();
        var partial = $"{_host.Archive}.partial";
        File.WriteAllText(partial, "another");
        await _host.Backup(dryRun: true).RunAsync(Stop);
        await Assert.ThrowsAsync<RefusedException>(() => _host.Backup(freeSpace: 1).RunAsync(Stop));
        Assert.Equal("another", File.ReadAllText(partial));
    }

    [Fact]
    public async Task Parts_and_paths_are_left_out_and_added_and_an_unknown_name_is_answered_with_the_known_ones()
    {
        _host.Applied();
        var added = _host.Write("notes.txt", "mine");
        await new BackupOperation(_host.Context, _host.Request() with { Exclude = ["swift"], AddPaths = [added], ExcludePaths = [_host.Path("glance/images/one")] }).RunAsync(Stop);
        var listed = await _host.ListAsync("*.tar.*");
        Assert.Contains(listed, name => name.EndsWith("notes.txt", StringComparison.Ordinal));
        Assert.Contains(listed, name => name.EndsWith("glance/images/", StringComparison.Ordinal));
        Assert.DoesNotContain(listed, name => name.Contains("swift", StringComparison.Ordinal) || name.EndsWith("images/one", StringComparison.Ordinal));
        var unknown = await Assert.ThrowsAsync<InstallException>(() => new BackupOperation(_host.Context, _host.Request() with { Exclude = ["cinder"] }).RunAsync(Stop));
        Assert.Equal("There is no part cinder to leave out. There are: glance, swift.", unknown.Message);
        var missing = await Assert.ThrowsAsync<InstallException>(() => new BackupOperation(_host.Context, _host.Request() with { AddPaths = ["/no/such"] }).RunAsync(Stop));
        Assert.Contains("do not exist: /no/such", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_that_fails_fails_the_backup_and_leaves_no_file()
    {
        _host.Applied();
        _host.Runner.DatabaseExit = 1;
        Assert.Contains("cannot be dumped", (await Assert.ThrowsAsync<InstallException>(() => _host.Backup().RunAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_host.Archive)!));
    }

    [Theory]
    [InlineData("tar: var/a: file changed as we read it", 1, true)]
    [InlineData("tar: var/a: File removed before we read it", 1, true)]
    [InlineData("sudo: a password is required", 1, false)]
    [InlineData("tar: var/a: Cannot open: Permission denied", 2, false)]
    public async Task A_file_that_changes_or_vanishes_is_counted_and_every_other_trouble_of_tar_fails(string said, int exit, bool isFine)
    {
        var streams = new NodeFileStreams(new Tar(said, exit), "node-1");
        if (isFine)
            Assert.Equal(1, await streams.PackAsync(["/var/a"], [], (_, _) => Task.CompletedTask, Stop));
        else
            Assert.Contains($"Files of node-1 cannot be read.\n{said}", (await Assert.ThrowsAsync<InstallException>(() => streams.PackAsync(["/var/a"], [], (_, _) => Task.CompletedTask, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_room_nothing_is_written()
    {
        _host.Applied();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _host.Backup(freeSpace: 100).RunAsync(Stop));
        Assert.Contains("has 100 B free", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--exclude", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_host.Archive)!));
    }

    [Fact]
    public async Task Without_an_undercloud_or_with_a_plan_of_an_older_one_there_is_nothing_to_back_up()
    {
        Assert.Contains("nothing to back up", (await Assert.ThrowsAsync<InstallException>(() => _host.Backup().RunAsync(Stop))).Message, StringComparison.Ordinal);
        _host.Installation.Applied();
        Assert.Contains("Run `undercloud install` first", (await Assert.ThrowsAsync<InstallException>(() => _host.Backup().RunAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_run_at_work_refuses_a_backup()
    {
        _host.Applied();
        using var other = Undercloud.Host.Agent.NodeLock.TryAcquire(Path.Combine(_host.Installation.State, "lock"), "install", out _);
        await Assert.ThrowsAsync<RefusedException>(() => _host.Backup().RunAsync(Stop));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345_678, "12.3 MB")]
    [InlineData(999_600_000_000, "1.00 TB")]
    [InlineData(123_000_000_000_000, "123 TB")]
    public void A_size_has_three_digits(long bytes, string text) => Assert.Equal(text, ByteSize.Text(bytes));

    private sealed class Tar(string said, int exit) : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => throw new NotSupportedException();

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => throw new NotSupportedException();

        public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => throw new NotSupportedException();

        public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
            Task.FromResult(new ProcessResult(command, exit, "", said));
    }
}
