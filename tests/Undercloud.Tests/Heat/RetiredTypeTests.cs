namespace Undercloud.Tests.Heat;

/// <summary>Types whose service is gone, and what groups say of themselves.</summary>
public sealed class RetiredTypeTests
{
    [Theory]
    [InlineData("OS::Designate::Domain")]
    [InlineData("OS::Designate::Record")]
    [InlineData("OS::Magnum::Bay")]
    [InlineData("OS::Aodh::CombinationAlarm")]
    public void A_type_of_a_retired_service_takes_every_property(string type) => Assert.Equal(
        """{"a":null}""",
        StackFixture.Of($"heat_template_version: rocky\nresources:\n  A: {{type: '{type}', properties: {{name: x, ttl: [1]}}}}\noutputs:\n  a: {{value: {{get_attr: [A, serial]}}}}\n").Outputs());

    [Theory]
    [InlineData("min_size: 1, max_size: 3", "1")]
    [InlineData("min_size: 1, max_size: 3, desired_capacity: '2'", "2")]
    public void A_group_that_scales_has_as_many_members_as_it_begins_with(string properties, string expected) => Assert.Equal(
        expected,
        StackFixture.Expression("{get_attr: [A, current_size]}", rest: $"resources:\n  A: {{type: OS::Heat::AutoScalingGroup, properties: {{{properties}, resource: {{type: OS::Heat::None}}}}}}").Result());

    [Fact]
    public void A_group_of_many_members_is_no_slower_a_member() => Assert.Equal(
        "20000",
        StackFixture.Expression(
            "{yaql: {expression: $.data.len(), data: {get_attr: [A, refs]}}}",
            rest: "resources:\n  A: {type: OS::Heat::ResourceGroup, properties: {count: 20000, resource_def: {type: OS::Heat::None}}}").Result());
}
