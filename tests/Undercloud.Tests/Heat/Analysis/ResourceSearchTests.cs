using Undercloud.Heat.Analysis;
using Undercloud.Heat.Stacks;

namespace Undercloud.Tests.Heat.Analysis;

public sealed class ResourceSearchTests
{
    private const string Service = "heat_template_version: rocky\nparameters: {Role: {type: string}, Level: {type: string, default: a}, Key: {type: string, hidden: true, default: b}}\n";

    private static readonly ResolvedResource s_tree = StackFixture.Of("""
        heat_template_version: rocky
        resources:
          OneServiceChain: {type: OS::Heat::ResourceChain, properties: {resources: ['S::Keystone', 'S::Nova'], resource_properties: {Role: one}}}
          TwoServiceChain: {type: OS::Heat::ResourceChain, properties: {resources: ['S::Keystone'], resource_properties: {Role: two}}}
          Other: {type: T::Nova, properties: {Role: none}}
          Log: {type: 'S::Logging::Nova', properties: {Role: none}}
        """).With("service.yaml", Service)
        .Environment("resource_registry: {'S::Keystone': service.yaml, 'S::Nova': service.yaml, 'T::Nova': service.yaml, 'S::Logging::Nova': service.yaml}\nparameter_defaults: {Level: c}\n")
        .Resolve().Tree!.Value;

    [Theory]
    [InlineData("S::Keystone", "undercloud/OneServiceChain/0 undercloud/TwoServiceChain/0")]
    [InlineData("keystone", "undercloud/OneServiceChain/0 undercloud/TwoServiceChain/0")]
    [InlineData("nova", "undercloud/OneServiceChain/1")]
    [InlineData("T::Nova", "undercloud/Other")]
    [InlineData("other", "undercloud/Other")]
    [InlineData("undercloud/TwoServiceChain/0", "undercloud/TwoServiceChain/0")]
    [InlineData("undercloud/TwoServiceChain/7", "")]
    [InlineData("keyston", "")]
    public void A_resource_is_found_by_type_its_last_part_its_name_or_its_path(string name, string paths) =>
        Assert.Equal(paths, string.Join(' ', ResourceSearch.Find(s_tree, name, "S::").Select(ResourceSearch.PathOf)));

    [Theory]
    [InlineData("keyston", "Keystone")]
    [InlineData("S::Kystone", "Keystone")]
    [InlineData("frobnicate", "")]
    public void A_name_that_means_nothing_has_near_ones(string name, string near) => Assert.Equal(near, string.Join(' ', ResourceSearch.Near(s_tree, name)));

    [Fact]
    public void A_resolved_resource_knows_what_gave_its_parameters_their_values()
    {
        var service = ResourceSearch.Find(s_tree, "undercloud/TwoServiceChain/0", "S::")[0];
        Assert.Equal(
            [
                "Role = \"two\", Property main.yaml:4:93, False",
                "Level = \"c\", Environment environment.yaml:2:22, False",
                "Key = \"b\", Default service.yaml:2:71, True",
            ],
            service.Parameters.Select(parameter => $"{parameter.Name} = {parameter.Value}, {parameter.Origin} {parameter.Location}, {parameter.Hidden}"));
    }
}
