namespace Undercloud.Tests.Heat;

/// <summary>The environment's parameter defaults and those that nested templates declare (recorded from Heat 19).</summary>
public sealed class NestedDefaultTests
{
    private const string Key = """{type: string, default: "", constraints: [{allowed_pattern: "^[a-z]{3}==$"}]}""";
    private const string Number = "{type: number, default: 1, constraints: [{range: {min: 1, max: 3}}]}";

    [Theory]
    [InlineData(Key, "{K: abc==}", "{}", "\"abc==\"")]
    [InlineData("{type: number, default: x}", "{K: 2}", "{}", "2")]
    [InlineData("{type: number, default: 9, constraints: [{range: {min: 1, max: 3}}]}", "{K: 2}", "{K: 3}", "3")]
    [InlineData("{type: comma_delimited_list, default: 5}", "{K: 'd,x'}", "{}", """["d","x"]""")]
    [InlineData("{type: comma_delimited_list, default: d, constraints: [{allowed_values: [d, e]}]}", "{K: 'd,e'}", "{}", """["d","e"]""")]
    [InlineData("{type: boolean, default: true}", "{K: maybe}", "{K: true}", "true")]
    [InlineData("{type: number, default: 1}", "{K: zz}", "{K: 2}", "2")]
    public void The_environments_take_the_place_of_declared_ones(string parameter, string defaults, string properties, string expected) =>
        Assert.Equal(expected, Stack(parameter, defaults, properties).Result());

    [Theory]
    [InlineData(Key, "{}", "{}", "HOT010")]
    [InlineData(Key, "{}", "{K: abc==}", "HOT010")]
    [InlineData(Number, "{K: 9}", "{}", "HOT014")]
    [InlineData(Number, "{K: 9}", "{K: 2}", "HOT014")]
    [InlineData("{type: string, default: d}", "{K: null}", "{}", "HOT011")]
    [InlineData("{type: json, default: {a: 1}}", "{K: null}", "{}", "HOT011")]
    public void Those_that_count_are_judged_even_where_a_property_is_given(string parameter, string defaults, string properties, string code) =>
        Assert.Equal([code], Stack(parameter, defaults, properties).Resolve().Diagnostics.Select(finding => finding.Code));

    [Theory]
    [InlineData(Key, "{K: abc==}", "HOT010")]
    [InlineData("{type: string, default: d}", "{K: null}", null)]
    public void Those_of_the_root_stay_its_own(string parameter, string defaults, string? code) => Assert.Equal(
        code,
        StackFixture.Expression("{get_param: K}", rest: $"parameters: {{K: {parameter}}}").Environment($"parameter_defaults: {defaults}").Resolve().Diagnostics.FirstOrDefault()?.Code);

    private static StackFixture Stack(string parameter, string defaults, string properties) =>
        StackFixture.Expression("{get_attr: [One, value]}", rest: $"resources: {{One: {{type: one.yaml, properties: {properties}}}}}")
            .With("one.yaml", $"heat_template_version: rocky\nparameters: {{K: {parameter}}}\noutputs: {{value: {{value: {{get_param: K}}}}}}\n")
            .Environment($"parameter_defaults: {defaults}");
}
