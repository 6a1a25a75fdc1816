using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class PlaybookRunTests : IDisposable
{
    private const string Changed = """{"event": "task_changed", "time": 1, "play": "Step 1", "task": "Containers", "host": "here", "changes": [{"kind": "container", "name": "mysql", "action": "create"}]}""";
    private const string Failed = """{"event": "task_failed", "time": 1, "play": "Step 1", "task": "Containers", "host": "node-2", "failure": {"module": "undercloud_agent", "msg": "no", "cmd": "undercloud container apply", "rc": 1, "stderr": "password hunter2 refused"}}""";

    private readonly FakeInstallation _host = new();
    private readonly Heard _heard = new();

    public PlaybookRunTests() => _host.Events.Subscribe(_heard);

    public void Dispose() => _host.Dispose();

    private Task<bool> PlayAsync(params string[] tags) => new PlaybookRun(_host.Context).RunAsync(_host.Home, TestContext.Current.CancellationToken, [.. tags]);

    [Theory]
    [InlineData("", false)]
    [InlineData("""{"event": "task_ok", "time": 1, "play": "Step 1", "task": "Containers", "host": "here"}""", false)]
    [InlineData(Changed, true)]
    [InlineData("{\"event\": \"task_chan", false)]
    public async Task What_a_play_changed_is_what_its_tasks_say(string printed, bool changed)
    {
        _host.Host.Answer("ansible-playbook", printed);
        Assert.Equal(changed, await PlayAsync());
    }

    [Fact]
    public async Task A_task_that_fails_is_the_reason_with_its_node_and_without_secrets()
    {
        _host.Events.Hide(new SecretMask(["hunter2"]));
        _host.Host.Do("ansible-playbook", _ => (2, $"{Changed}\n{Failed}\n", ""));
        var failure = await Assert.ThrowsAsync<InstallException>(() => PlayAsync());
        Assert.True(failure.Logged);
        Assert.Contains("Task failed: Containers\n  host: node-2\n  in: Step 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("password *** refused", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_heard.All, happened => $"{happened}".Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unreachable_node_is_the_reason()
    {
        _host.Host.Do("ansible-playbook", _ => (4, """{"event": "task_unreachable", "time": 1, "play": "Step 1", "task": "Files", "host": "node-3", "msg": "Connection timed out"}""", ""));
        var failure = await Assert.ThrowsAsync<InstallException>(() => PlayAsync());
        Assert.Contains("host: node-3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Connection timed out", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Ansible_that_cannot_begin_is_told_with_its_own_words()
    {
        _host.Host.Do("ansible-playbook", _ => (4, "", "ERROR! the playbook: x.yaml could not be found\n"));
        var failure = await Assert.ThrowsAsync<InstallException>(() => PlayAsync());
        Assert.StartsWith("ansible-playbook ended with exit code 4.\nERROR! the playbook", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.Logged);
    }

    [Fact]
    public async Task An_Ansible_that_was_killed_is_a_failure_though_no_task_failed()
    {
        _host.Host.Do("ansible-playbook", _ => (137, Changed + "\n{\"event\": \"task_ok\", \"ti", ""));
        Assert.Contains("exit code 137", (await Assert.ThrowsAsync<InstallException>(() => PlayAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_play_starts_carries_the_lock_and_keeps_its_files_where_they_are_tidied()
    {
        await PlayAsync("template_tasks");
        var ran = Assert.Single(_host.Host.Ran);
        Assert.Equal("ansible-playbook --inventory inventory.yaml --tags=template_tasks deploy_steps_playbook.yaml", $"{ran}");
        Assert.Equal(_host.Context.LockFile, ran.Environment[MarkedProcesses.Variable]);
        Assert.Equal(_host.Context.TemporaryDirectory, ran.Environment["ANSIBLE_LOCAL_TEMP"]);
        Assert.Equal(_host.Home, ran.WorkingDirectory);
        Assert.True(ran.OwnSession);
    }
}
