using Undercloud.Deploy.Events;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Ansible;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;

namespace Undercloud.Tests.Install;

public sealed class PlayJournalTests : IDisposable
{
    private readonly RunEvents _events = new(TimeProvider.System);
    private readonly Heard _heard = new();
    private readonly PlayJournal _journal;

    public PlayJournalTests()
    {
        _events.Subscribe(_heard);
        _journal = new(_events);
    }

    public void Dispose() => _events.Dispose();

    [Fact]
    public void A_task_that_changed_something_says_what_and_for_a_container_when_it_was_ready()
    {
        _journal.Take(new() { Event = AnsibleEventKind.PlayStart, Play = "Step 1" });
        _journal.Take(new() { Event = AnsibleEventKind.TaskStart, Task = "Bring up the containers" });
        _journal.Take(new()
        {
            Event = AnsibleEventKind.TaskChanged,
            Task = "Bring up the containers",
            Host = "n",
            Duration = 9.5,
            Changes = [new("container", "mysql", "create", "it is not there") { Seconds = 4.2 }, new("container", "memcached", "create", "it is not there")],
        });
        Assert.Equal(
            [
                new PhaseStarted("Step 1"), new TaskStarted("Bring up the containers"),
                new ResourceChanged("n", "container", "mysql", "create", "it is not there"), new ContainerReady("n", "mysql", 4.2),
                new ResourceChanged("n", "container", "memcached", "create", "it is not there"),
                new TaskDone("n", "Bring up the containers", 9.5, true, "create container mysql memcached"),
            ],
            _heard.All);
        Assert.True(_journal.Changed);
    }

    [Fact]
    public void A_play_without_a_task_is_not_announced_and_one_with_tasks_once()
    {
        _journal.Take(new() { Event = AnsibleEventKind.PlayStart, Play = "Step 1" });
        _journal.Take(new() { Event = AnsibleEventKind.PlayStart, Play = "Step 2" });
        _journal.Take(new() { Event = AnsibleEventKind.TaskStart, Task = "a" });
        _journal.Take(new() { Event = AnsibleEventKind.TaskStart, Task = "b" });
        Assert.Equal([new PhaseStarted("Step 2"), new TaskStarted("a"), new TaskStarted("b")], _heard.All);
    }

    [Fact]
    public void Many_changes_of_a_kind_are_counted()
    {
        _journal.Take(new() { Event = AnsibleEventKind.TaskChanged, Task = "t", Host = "n", Changes = [.. Enumerable.Range(0, 4).Select(number => new NodeChange("file", $"/{number}", "create"))] });
        Assert.Equal("create 4 of kind file", _heard.All.OfType<TaskDone>().Single().Summary);
    }

    [Fact]
    public void A_task_that_changed_nothing_has_no_summary()
    {
        _journal.Take(new() { Event = AnsibleEventKind.TaskOk, Task = "t", Host = "n", Duration = 1 });
        Assert.Equal(new TaskDone("n", "t", 1, false, null), Assert.Single(_heard.All));
        Assert.False(_journal.Changed);
    }

    [Fact]
    public void The_first_failure_is_the_reason_with_host_play_and_command_and_without_secrets()
    {
        _events.Hide(new SecretMask(["secret-one"]));
        _journal.Take(new()
        {
            Event = AnsibleEventKind.TaskFailed,
            Task = "Make users",
            Host = "n",
            Play = "Step 3",
            Failure = new("command", "it said secret-one", "openstack user list", 1, "no\nsuch user", null, null),
        });
        _journal.Take(new() { Event = AnsibleEventKind.TaskFailed, Task = "Another", Host = "m" });
        Assert.Equal(
            """
            Task failed: Make users
              host: n
              in: Step 3
              it said ***
              command: openstack user list (exit code 1)
              no
              such user
            """,
            _journal.Failure);
        Assert.Equal(["Make users", "Another"], _heard.All.OfType<TaskFailed>().Select(failed => failed.Name));
    }

    [Fact]
    public void A_failure_that_the_playbook_ignores_is_none()
    {
        _journal.Take(new() { Event = AnsibleEventKind.TaskFailed, Task = "t", Host = "n", Ignored = true });
        Assert.Null(_journal.Failure);
        Assert.Empty(_heard.All);
    }

    [Fact]
    public void What_is_no_event_is_kept_for_a_run_that_cannot_begin()
    {
        foreach (var number in Enumerable.Range(1, 20))
            _journal.Take(new() { Event = AnsibleEventKind.Text, Text = $"line {number}" });
        Assert.StartsWith("line 6\n", _journal.Said);
        Assert.EndsWith("line 20", _journal.Said);
    }

    [Fact]
    public void Notes_of_a_verb_are_warnings_and_progress_is_of_the_task_that_runs()
    {
        _journal.Take(new() { Event = AnsibleEventKind.TaskStart, Task = "Remove files" });
        _journal.Doing("the third");
        _journal.Take(new() { Event = AnsibleEventKind.TaskOk, Task = "Remove files", Host = "n", Notes = ["/srv stays: others put files into it"] });
        Assert.Equal([new TaskProgress("Remove files", "the third"), new Warning("/srv stays: others put files into it")], _heard.All.Where(happened => happened is TaskProgress or Warning));
    }

    private sealed class Heard : IRunSubscriber
    {
        public List<RunEvent> All { get; } = [];

        // Without the time, which is the clock's.
        public void Take(RunEvent happened) => All.Add(happened with { Time = default });
    }
}
