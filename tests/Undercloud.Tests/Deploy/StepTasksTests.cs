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
}
