using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;

namespace Undercloud.Tests.Heat.Analysis;

public sealed class TypeMappingTests
{
    private static readonly HeatEnvironment s_environment = HeatEnvironment.Read(
        ["first.yaml", "second.yaml"],
        new InMemoryFiles(
        [
            KeyValuePair.Create("first.yaml", """
                resource_registry:
                  T::Direct: direct.yaml
                  T::Alias: T::Direct
                  T::Off: direct.yaml
                  T::Lost: T::Nowhere
                  T::Round: T::Trip
                  T::Trip: T::Round
                  T::Plain: OS::Heat::Value
                  T::Wild*: OS::Heat*
                """),
            KeyValuePair.Create("second.yaml", """
                resource_registry:
                  T::Off: OS::Heat::None
                  resources:
                    some:
                      T::Direct: other.yaml
                """),
        ]),
        new DiagnosticBag());

    [Theory]
    [InlineData("T::Direct", "Template direct.yaml at first.yaml:2:3")]
    [InlineData("T::Alias", "Template T::Direct > direct.yaml at first.yaml:3:3")]
    [InlineData("T::Off", "None OS::Heat::None at second.yaml:2:3")]
    [InlineData("T::Lost", "Nothing  at first.yaml:5:3")]
    [InlineData("T::Round", "Nothing  at first.yaml:6:3")]
    [InlineData("T::Plain", "Native OS::Heat::Value at first.yaml:8:3")]
    [InlineData("T::Wild::None", "None OS::Heat::None at first.yaml:9:3")]
    [InlineData("OS::Heat::Value", "Native  at ")]
    [InlineData("T::Unknown", "Nothing  at ")]
    public void A_type_is_followed_to_what_it_stands_for_and_its_mapping_has_a_place(string type, string mapping) =>
        Assert.Equal(mapping, Shown(TypeMapping.Of(s_environment, type)));

    [Fact]
    public void The_whole_registry_is_in_the_order_of_its_types() => Assert.Equal(
        ["T::Alias", "T::Direct", "T::Lost", "T::Off", "T::Plain", "T::Round", "T::Trip", "T::Wild*"],
        TypeMapping.All(s_environment).Select(mapping => mapping.Type));

    private static string Shown(TypeMapping mapping) => $"{mapping.Kind} {string.Join(" > ", mapping.Chain)} at {mapping.Decided}";
}
