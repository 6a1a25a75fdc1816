using Undercloud.Host.Ansible;

namespace Undercloud.Tests.Node;

public sealed class AnsibleEventsTests : IDisposable
{
    private readonly FakeHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Change_carries_what_the_node_verb_did()
    {
        var read = AnsibleEvents.Parse(
            """{"event": "task_changed", "time": 1795433930.181, "play": "First play", "task": "node", "host": "localhost", "step": 1, "module": "undercloud_agent", "duration": 0.345, "changes": [{"kind": "file", "name": "/a", "action": "create", "private": true}]}""")!;
        Assert.Equal((AnsibleEventKind.TaskChanged, 1, 0.345), (read.Event, read.Step, read.Duration));
        Assert.Equal("/a", Assert.Single(read.Changes).Name);
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void Failure_carries_the_command_and_its_last_words()
    {
        var read = AnsibleEvents.Parse(
            """{"event": "task_failed", "time": 1, "play": "p", "task": "loop fail", "host": "h", "module": "command", "msg": "One or more items failed", "ignored": true, "failure": {"module": "command", "msg": "non-zero return code", "cmd": "sh -c 'exit 4'", "rc": 4, "stderr": "4", "item": "4"}}""")!;
        Assert.True(read.Ignored);
        Assert.Equal(new("command", "non-zero return code", "sh -c 'exit 4'", 4, "4", null, "4"), read.Failure);
    }

    [Fact]
    public void Stats_count_by_host()
    {
        var read = AnsibleEvents.Parse(
            """{"event": "stats", "time": 1, "stats": {"localhost": {"ok": 9, "failures": 1, "unreachable": 0, "changed": 6, "skipped": 1, "rescued": 0, "ignored": 3}}}""")!;
        Assert.Equal(new(9, 6, 1, 0, 1, 0, 3), read.Stats!["localhost"]);
    }

    [Theory]
    [InlineData("ERROR! the playbook: x.yaml could not be found")]
    [InlineData("{\"event\": \"task_o")]
    [InlineData("{\"event\": \"something_new\"}")]
    public void Anything_else_is_kept_as_text(string line)
    {
        var read = AnsibleEvents.Parse(line)!;
        Assert.Equal((AnsibleEventKind.Text, line), (read.Event, read.Text));
    }

    [Fact]
    public void Run_uses_the_callback_in_a_session_of_its_own()
    {
        var command = new AnsibleRun(_host, "/opt/ansible", "/var/lib/undercloud/ansible-tmp").Command("/p", "site.yaml", new()
        {
            Check = true,
            Tags = ["a", "b"],
            Limit = "undercloud",
            ExtraVariables = new AnsibleRunOptions().ExtraVariables.Add("k", "v"),
        });
        Assert.Equal(
            "ansible-playbook --inventory inventory.yaml --check --tags=a,b --limit=undercloud --extra-vars '{\"k\":\"v\"}' site.yaml",
            command.ToString());
        Assert.True(command.OwnSession);
        Assert.Equal("/var/lib/undercloud/ansible-tmp", command.Environment["ANSIBLE_LOCAL_TEMP"]);
        Assert.Equal("/var/lib/undercloud/ansible-tmp", command.Environment["ANSIBLE_REMOTE_TEMP"]);
        Assert.Equal("/opt/ansible/callback_plugins", command.Environment["ANSIBLE_CALLBACK_PLUGINS"]);
    }
}
