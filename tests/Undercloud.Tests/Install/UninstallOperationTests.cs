using Undercloud.Config;
using Undercloud.Heat.Values;
using Undercloud.Host.Agent;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Install;

public sealed class UninstallOperationTests : IDisposable
{
    private readonly FakeInstallation _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private UninstallOperation Uninstall(bool purge = false) => new(_host.Context, _host.Config, purge);

    [Fact]
    public async Task The_empty_plan_is_played_and_then_nothing_is_recorded_any_more()
    {
        Installed();
        var inventory = "";
        _host.Host.Do("ansible-playbook", _ =>
        {
            inventory = File.ReadAllText(Path.Combine(_host.Project, "inventory.yaml"));
            Assert.NotNull(_host.Generations.Newest());
            return (0, "", "");
        });
        await Uninstall().RunAsync(Stop);
        Assert.Contains("here", inventory, StringComparison.Ordinal);
        Assert.Null(_host.Generations.Newest());
        Assert.False(Directory.Exists(_host.Project));
    }

    [Fact]
    public async Task Passwords_and_the_release_stay_with_the_data()
    {
        Installed();
        await Uninstall().RunAsync(Stop);
        Assert.True(File.Exists(_host.Passwords));
        Assert.True(File.Exists(_host.Secrets.PasswordsFile));
        Assert.Contains("secret-of-before", _host.Secrets.Texts());
        Assert.Equal("zed", _host.Context.Installed.Read());
    }

    [Fact]
    public async Task A_purge_leaves_no_password_and_no_directory()
    {
        Installed();
        await Uninstall(purge: true).RunAsync(Stop);
        Assert.False(File.Exists(_host.Passwords));
        Assert.False(File.Exists(Path.Combine(_host.Home, "undercloud-passwords.conf")));
        Assert.False(Directory.Exists(_host.State), string.Join(' ', Directory.Exists(_host.State) ? Directory.EnumerateFileSystemEntries(_host.State) : []));
    }

    [Fact]
    public async Task What_the_first_play_brought_and_records_of_containers_go_and_foreign_files_stay()
    {
        Installed();
        Directory.CreateDirectory(_host.Context.ProgramDirectory);
        File.WriteAllText(Path.Combine(_host.Context.ProgramDirectory, "undercloud"), "");
        Directory.CreateDirectory(_host.Context.TemporaryDirectory);
        foreach (var name in new[] { "manifest.json", "execs.json", "start-times.json", "containers.lock", "owned.json" })
            File.WriteAllText(Path.Combine(_host.State, name), "{}");
        await Uninstall(purge: true).RunAsync(Stop);
        Assert.False(Directory.Exists(_host.Context.ProgramDirectory));

        // owned.json still records what is kept, and only the agent removes it.
        Assert.Equal(["owned.json"], Directory.EnumerateFileSystemEntries(_host.State).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_play_that_fails_leaves_the_record_so_that_the_next_uninstall_goes_on()
    {
        Installed();
        _host.Host.Answer("ansible-playbook", "no", exit: 2);
        var failure = await Assert.ThrowsAsync<InstallException>(() => Uninstall(purge: true).RunAsync(Stop));
        Assert.Contains("ansible-playbook ended with exit code 2", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(_host.Generations.Newest());
        Assert.True(File.Exists(_host.Passwords));
        _host.Host.Clear();
        await Uninstall(purge: true).RunAsync(Stop);
        Assert.Null(_host.Generations.Newest());
    }

    [Fact]
    public async Task An_interruption_of_the_play_leaves_the_record()
    {
        Installed();
        using var interrupt = new CancellationTokenSource();
        _host.Host.Do("ansible-playbook", _ =>
        {
            interrupt.Cancel();
            return (0, "", "");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Uninstall().RunAsync(interrupt.Token));
        Assert.NotNull(_host.Generations.Newest());
        using var free = NodeLock.TryAcquire(_host.Context.LockFile, "test", out var holder);
        Assert.True(free is not null, holder);
    }

    [Fact]
    public async Task An_uninstall_beside_an_install_is_refused_and_writes_nothing()
    {
        Installed();
        using var other = NodeLock.TryAcquire(_host.Context.LockFile, "install", out _);
        var failure = await Assert.ThrowsAsync<RefusedException>(() => Uninstall().RunAsync(Stop));
        Assert.Contains("(install)", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.Project));
        Assert.False(_host.HasPlayed);
    }

    [Fact]
    public async Task A_host_whose_plans_are_damaged_is_still_uninstalled_as_its_release()
    {
        Installed();
        File.WriteAllText(Path.Combine(_host.State, "generations", "1", "plan.json"), "{\"stack");
        File.WriteAllText(Path.Combine(_host.State, "release"), "epoxy\n");
        Assert.True(Uninstall().IsNeeded);
        await Uninstall().RunAsync(Stop);
        Assert.True(_host.HasPlayed);
        Assert.False(Directory.Exists(Path.Combine(_host.State, "generations")));
    }

    [Fact]
    public void A_host_without_a_trace_needs_no_uninstall()
    {
        Assert.False(Uninstall().IsNeeded);
        Directory.CreateDirectory(_host.State);
        Assert.True(Uninstall().IsNeeded);
    }

    [Fact]
    public async Task Traces_on_another_node_go_before_it_is_forgotten_which_nodes_there_are()
    {
        Installed("node-2");
        var known = false;
        _host.Host.Do("ssh", command =>
        {
            known |= $"{command}".Contains("rm -rf -- .undercloud /usr/libexec/undercloud", StringComparison.Ordinal) && _host.Generations.Newest() is not null;
            return (0, "", "");
        });
        await Uninstall().RunAsync(Stop);
        Assert.True(known);
        Assert.Contains(_host.Host.Lines, line => line.Contains("root@node-2", StringComparison.Ordinal) && line.Contains("/var/lib/undercloud/manifest.json", StringComparison.Ordinal));
        Assert.DoesNotContain(_host.Host.Lines, line => line.Contains("/var/lib/undercloud/release", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_named_and_the_next_uninstall_still_knows_it()
    {
        Installed("node-2", "node-3");
        _host.Host.Do("ssh", command => $"{command}".Contains("root@node-3", StringComparison.Ordinal) ? (255, "", "No route to host") : (0, "", ""));
        var failure = await Assert.ThrowsAsync<InstallException>(() => Uninstall(purge: true).RunAsync(Stop));
        Assert.Contains("from the node node-3.\nNo route to host", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(_host.Generations.Newest());
        _host.Host.Clear().Ran.Clear();
        await Uninstall(purge: true).RunAsync(Stop);
        Assert.Contains(_host.Host.Lines, line => line.Contains("root@node-3", StringComparison.Ordinal) && line.Contains("/var/lib/undercloud/release", StringComparison.Ordinal));
        Assert.Null(_host.Generations.Newest());
    }

    private void Installed(params string[] others)
    {
        _host.Applied(others);
        var passwords = new MapValue([new("AdminPassword", "hunter2")]);
        _host.Secrets.Keep(passwords, ["secret-of-before"]);
        File.WriteAllText(_host.Passwords, PasswordFiles.WriteYaml(passwords));
        File.WriteAllText(Path.Combine(_host.Home, "undercloud-passwords.conf"), "[auth]\n");
        File.WriteAllText(Path.Combine(_host.State, "release"), "zed\n");
    }
}
