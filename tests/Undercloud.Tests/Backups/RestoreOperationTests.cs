using Undercloud.Deploy.Generations;
using Undercloud.Heat.Values;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Backups;

public sealed class RestoreOperationTests : IDisposable
{
    private readonly BackedUpHost _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_puts_everything_back_and_installs_with_the_former_passwords()
    {
        await BackedUpAsync();
        var outcome = await _host.Restore().RunAsync(Stop);
        Assert.Equal((1, GenerationState.Applied, "restore"), (outcome.Install!.Generation, _host.Installation.Generations.Newest()!.State, _host.Installation.Generations.Newest()!.Command));
        Assert.Equal("image", File.ReadAllText(_host.Path("glance/images/one")));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_host.Path("glance/images/one")));
        Assert.Equal("object", File.ReadAllText(_host.Path("swift/d1/three")));
        Assert.Equal("secret-of-the-admin", ((StringValue)_host.Installation.Secrets.Passwords()!["AdminPassword"]!).Text);
        Assert.Contains("secret-of-the-admin", File.ReadAllText(_host.Installation.Passwords), StringComparison.Ordinal);
        Assert.Equal(["-- the databases\n"], _host.Runner.Loaded);
        Assert.Null(RestoreRecord.Read(_host.Installation.State));
    }

    [Fact]
    public async Task The_files_come_after_the_host_preparation_and_the_databases_after_their_server_and_before_everything_else()
    {
        await BackedUpAsync();
        await _host.Restore().RunAsync(Stop);
        string[] order = [.. _host.Runner.Lines.Select(Kind).OfType<string>()];
        Assert.Equal(["unpack", "play --tags=step_0", "unpack", "unpack", "play --tags=step_0,step_1", "load", "play"], order);

        static string? Kind(string line) =>
            line.StartsWith("tar --extract", StringComparison.Ordinal) ? "unpack"
            : line.StartsWith("podman exec --interactive --user root mysql mariadb", StringComparison.Ordinal) ? "load"
            : line.StartsWith("ansible-playbook", StringComparison.Ordinal) ? string.Join(' ', new[] { "play" }.Concat(line.Split(' ').Where(word => word.StartsWith("--tags", StringComparison.Ordinal))))
            : null;
    }

    [Fact]
    public async Task An_interrupted_restore_is_resumed_and_loads_no_database_twice()
    {
        await BackedUpAsync();
        _host.Runner.DatabaseExit = 1;
        var failure = await Assert.ThrowsAsync<InstallException>(() => _host.Restore().RunAsync(Stop));
        Assert.Contains("cannot be loaded", failure.Message, StringComparison.Ordinal);
        Assert.Equal(RestoreStage.Files, RestoreRecord.Read(_host.Installation.State)!.Stage);
        _host.Runner.DatabaseExit = 0;
        _host.Write("glance/images/one", "written since");
        _host.Installation.Host.Answer("ansible-playbook --inventory inventory.yaml deploy", "", exit: 2);
        await Assert.ThrowsAsync<InstallException>(() => _host.Restore().RunAsync(Stop));
        Assert.Equal(RestoreStage.Databases, RestoreRecord.Read(_host.Installation.State)!.Stage);
        Assert.Equal("written since", File.ReadAllText(_host.Path("glance/images/one")));
        _host.Ready();
        Assert.True((await _host.Restore().RunAsync(Stop)).Install!.Resumed);
        Assert.Single(_host.Runner.Loaded);
    }

    [Fact]
    public async Task A_host_with_an_undercloud_or_its_data_is_refused()
    {
        await BackedUpAsync(fresh: false);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _host.Restore().RunAsync(Stop));
        Assert.Contains("This host has an undercloud: generation 4", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("undercloud uninstall --purge", refusal.Message, StringComparison.Ordinal);
        _host.Installation.Generations.Clear();
        Assert.Contains("the data of a former undercloud", (await Assert.ThrowsAsync<RefusedException>(() => _host.Restore().RunAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Runner.Lines, line => line.StartsWith("tar --extract", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_verifies_and_changes_nothing()
    {
        await BackedUpAsync();
        var outcome = await _host.Restore(dryRun: true).RunAsync(Stop);
        Assert.Null(outcome.Install);
        Assert.Empty(Directory.GetFileSystemEntries(_host.Installation.Home));
    }

    [Fact]
    public async Task A_damaged_backup_changes_nothing()
    {
        await BackedUpAsync();
        var bytes = File.ReadAllBytes(_host.Archive);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(_host.Archive, bytes);
        await Assert.ThrowsAsync<BackupException>(() => _host.Restore().RunAsync(Stop));
        Assert.False(File.Exists(Path.Combine(_host.Installation.Home, "undercloud.conf")));
        Assert.Null(RestoreRecord.Read(_host.Installation.State));
    }

    [Fact]
    public async Task What_the_operator_has_on_the_fresh_host_is_kept_under_another_name()
    {
        await BackedUpAsync();
        var conf = Path.Combine(_host.Installation.Home, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\n# mine\n");
        await _host.Restore().RunAsync(Stop);
        Assert.Contains("roles_file", File.ReadAllText(conf), StringComparison.Ordinal);
        Assert.Equal("[DEFAULT]\n# mine\n", File.ReadAllText($"{conf}.before-restore"));
    }

    [Fact]
    public async Task A_resumed_restore_keeps_what_the_first_attempt_has_put_aside()
    {
        await BackedUpAsync();
        var conf = Path.Combine(_host.Installation.Home, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\n# mine\n");
        _host.Runner.DatabaseExit = 1;
        await Assert.ThrowsAsync<InstallException>(() => _host.Restore().RunAsync(Stop));
        _host.Runner.DatabaseExit = 0;
        (RestoreRecord.Read(_host.Installation.State)! with { Stage = RestoreStage.Begun }).Write(_host.Installation.State);
        await _host.Restore().RunAsync(Stop);
        Assert.Equal("[DEFAULT]\n# mine\n", File.ReadAllText($"{conf}.before-restore"));
        Assert.Contains("roles_file", File.ReadAllText($"{conf}.before-restore-2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_there_already_need_no_more_room()
    {
        var file = _host.Write("large", new string('x', 1 << 20));
        var left = await new NodeFileStreams(new ProcessRunner(TimeProvider.System), "this host").RemainingAsync([new(file, 3 << 20), new($"{file}.missing", 5)], Stop);
        Assert.InRange(left[0].Bytes, 1, (2 << 20) + 1);
        Assert.Equal(5, left[1].Bytes);
    }

    [Fact]
    public async Task A_backup_of_several_nodes_needs_their_names_and_one_of_another_release_is_refused()
    {
        var contents = BackupFileTests.Contents;
        await WriteAsync(contents with { Nodes = ["one", "two"] });
        Assert.Contains("of the nodes one, two", (await Assert.ThrowsAsync<RefusedException>(() => _host.Restore().RunAsync(Stop))).Message, StringComparison.Ordinal);
        await WriteAsync(contents with { Release = "zephyr" });
        Assert.Contains("of the release zephyr", (await Assert.ThrowsAsync<RefusedException>(() => _host.Restore().RunAsync(Stop))).Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(BackupContents contents)
    {
        var file = new BackupFile(_host.Runner, _host.Archive);
        await file.WriteAsync(contents, (_, _) => Task.CompletedTask, Stop);
        await file.CompleteAsync(Stop);
    }

    private async Task BackedUpAsync(bool fresh = true)
    {
        _host.Applied();
        File.SetUnixFileMode(_host.Path("glance/images/one"), UnixFileMode.UserRead);
        await _host.Backup().RunAsync(Stop);
        if (fresh)
            _host.Fresh();
    }
}
