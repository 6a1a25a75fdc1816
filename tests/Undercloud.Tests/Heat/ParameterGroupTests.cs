namespace Undercloud.Tests.Heat;

public sealed class ParameterGroupTests
{
    [Fact]
    public void Groups_of_declared_parameters_are_fine() =>
        Assert.Equal("", Findings("[{label: a, parameters: [A]}, {parameters: [B, 'OS::stack_id']}, {parameters: []}]"));

    [Theory]
    [InlineData("text", "parameter_groups must be a list, not string.")]
    [InlineData("[text]", "A parameter group must be a map, not string.")]
    [InlineData("[{label: a}]", "A parameter group needs parameters, a list of names.")]
    [InlineData("[{parameters: A}]", "A parameter group needs parameters, a list of names.")]
    [InlineData("[{parameters: [A]}, {parameters: [A]}]", "The parameter 'A' is in more than one parameter group.")]
    [InlineData("[{parameters: [C]}]", "The parameter \"C\" of a parameter group is not declared.")]
    [InlineData("[{parameters: [[A]]}]", "The parameter [\"A\"] of a parameter group is not declared.")]
    public void Groups_that_Heat_refuses_are_refused(string groups, string finding) => Assert.Contains(finding, Findings(groups));

    [Fact]
    public void All_problems_are_reported_with_their_places()
    {
        var findings = Findings("\n- {parameters: [A, X]}\n- {parameters: 5}\n- {parameters: [A]}\n");
        Assert.Contains("main.yaml:6:20: error", findings);
        Assert.Contains("main.yaml:7:16: error", findings);
        Assert.Contains("main.yaml:8:17: error", findings);
    }

    private static string Findings(string groups) => StackFixture.Of(
        $"heat_template_version: rocky\nparameters:\n  A: {{type: string, default: a}}\n  B: {{type: string, default: b}}\nparameter_groups: {groups}").Findings();
}
