using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class StartedUnitsTests
{
    [Fact]
    public void Tasks_that_only_start_units_can_be_compared()
    {
        var node = Node(
            """[{"name": "Keep the firewall", "ansible.builtin.systemd_service": {"name": "firewall.service", "state": "started"}}]""",
            """[{"name": "Rotate", "ansible.builtin.systemd": {"name": "logrotate.timer", "state": "started"}, "when": "step|int == 1"}, {"systemd": {"state": "started", "name": "logrotate.timer"}}]""");
        Assert.Equal(["firewall.service", "logrotate.timer"], StartedUnits.Of(node)!.Value);
    }

    [Fact]
    public void Without_tasks_there_is_no_unit() => Assert.Empty(StartedUnits.Of(new NodePlan { Role = "r", Manifest = new() { Node = "n" } })!.Value);

    [Theory]
    [InlineData("""{"ansible.builtin.command": "chronyc reload sources"}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "restarted"}}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "started", "enabled": true}}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "{{ unit }}", "state": "started"}}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "started"}, "register": "started"}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "started"}, "when": "enabled"}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "started"}, "when": ["step|int == 1", "enabled"]}""")]
    [InlineData("""{"ansible.builtin.systemd": {"name": "x.service", "state": "started"}, "when": "step|int == 2"}""")]
    [InlineData("\"text\"")]
    public void A_task_that_does_more_or_depends_on_the_host_cannot_be_compared(string task) => Assert.Null(StartedUnits.Of(Node("[]", $"[{task}]")));

    [Fact]
    public void What_is_outside_the_nodes_cannot_be_compared()
    {
        var node = Node("[]", "[]") with { ExternalDeployTasks = new Dictionary<int, Value> { [2] = CanonicalJson.Read("""[{"systemd": {"name": "x", "state": "started"}}]""") } };
        Assert.Null(StartedUnits.Of(node));
    }

    private static NodePlan Node(string preparation, string firstStep) => new()
    {
        Role = "r",
        Manifest = new() { Node = "n" },
        HostPrepTasks = CanonicalJson.Read(preparation),
        DeployStepsTasks = new Dictionary<int, Value> { [1] = CanonicalJson.Read(firstStep) },
    };
}
