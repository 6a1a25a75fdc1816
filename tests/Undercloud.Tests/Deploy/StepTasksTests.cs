using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class StepTasksTests
{
    [Theory]
    [InlineData("\"step|int == 2\"", new[] { 2 })]
    [InlineData("\"step | int == 4\"", new[] { 4 })]
    [InlineData("[\"enabled\", \"step|int == 1\"]", new[] { 1 })]
    [InlineData("\"step|int >= 2\"", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("null", new[] { 1, 2, 3, 4, 5 })]
    public void A_task_is_in_the_steps_its_condition_names(string condition, int[] steps)
    {
        var service = $$"""[{"service_name": "x", "deploy_steps_tasks": [{"name": "t", "when": {{condition}}}]}]""";
        var services = RoleDataReader.Read(CanonicalJson.Read(service), new DiagnosticBag());
        var plan = Planner.Plan(services, new("s", "zed", "n", "R", new Dictionary<string, string>(), []), new DiagnosticBag());
        Assert.Equal(steps, plan.Nodes[0].DeployStepsTasks.Keys);
    }

    [Fact]
    public void Tasks_for_an_update_have_the_steps_that_an_update_has()
    {
        const string service = """[{"service_name": "x", "update_tasks": [{"name": "t"}], "post_update_tasks": [{"name": "p"}, {"name": "q", "when": "step|int == 5"}]}]""";
        var plan = Planner.Plan(RoleDataReader.Read(CanonicalJson.Read(service), new DiagnosticBag()), new("s", "zed", "n", "R", new Dictionary<string, string>(), []), new DiagnosticBag());
        Assert.Equal([0, 1, 2, 3, 4, 5], plan.Nodes[0].UpdateTasks.Keys);
        Assert.Equal([0, 1, 2, 3], plan.Nodes[0].PostUpdateTasks.Keys);
    }
}
