namespace Undercloud.Tests.Heat;

public sealed class NestedStackTests
{
    private const string Service = """
        heat_template_version: rocky
        parameters:
          Name: {type: string, default: nobody}
          ServiceNetMap: {type: json, default: {}}
        outputs:
          role_data:
            value: {service_name: {get_param: Name}, net: {get_param: [ServiceNetMap, api]}}
        """;

    [Fact]
    public void Properties_become_parameters_and_outputs_become_attributes() => Assert.Equal(
        """{"all":{"net":"ctlplane","service_name":"keystone"},"name":"keystone"}""",
        StackFixture.Of("""
            heat_template_version: rocky
            parameters:
              Wanted: {type: string}
            resources:
              Service:
                type: services/service.yaml
                properties: {Name: {get_param: Wanted}, ServiceNetMap: {api: ctlplane}}
            outputs:
              name: {value: {get_attr: [Service, role_data, service_name]}}
              all: {value: {get_attr: [Service, role_data]}}
            """).With("services/service.yaml", Service).Outputs("""{"Wanted": "keystone"}"""));

    [Fact]
    public void A_chain_gives_a_list_over_its_members_and_keeps_the_nulls_of_none() => Assert.Equal(
        """["keystone",null,"keystone"]""",
        StackFixture.Expression("{get_attr: [Chain, role_data, service_name]}", rest: """
            resources:
              Chain:
                type: OS::Heat::ResourceChain
                properties:
                  resources: [OS::T::Services::Keystone, OS::T::Services::Glance, OS::T::Services::Keystone]
                  concurrent: true
                  resource_properties: {Name: keystone}
            """).With("deep/service.yaml", Service).Environment("""
            resource_registry:
              OS::T::Services::Keystone: deep/service.yaml
              OS::T::Services::Glance: OS::Heat::None
            """).Result());
}
