using System.Text;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

public sealed class ManyStacksTests
{
    /// <summary>Two hundred services of a hundred parameters each, as an overcloud role has them.</summary>
    [Fact]
    public void Two_hundred_nested_stacks_resolve()
    {
        var request = Request(services: 200, parameters: 100);
        var result = StackResolver.Resolve(request);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(200, ((ListValue)result.Outputs["all"]!).Items.Length);
    }

    private static StackRequest Request(int services, int parameters)
    {
        var files = new Dictionary<string, string>();
        var types = new List<KeyValuePair<string, Value>>();
        for (var i = 0; i < services; i++)
        {
            files[$"services/s{i}.yaml"] = Service(i, parameters);
            types.Add(new($"OS::T::Services::S{i}", $"services/s{i}.yaml"));
        }

        files["main.yaml"] = $$$"""
            heat_template_version: rocky
            parameters: {Debug: {type: boolean, default: true}}
            resources:
              Chain:
                type: OS::Heat::ResourceChain
                properties:
                  resources: [{{{string.Join(", ", types.Select(type => type.Key))}}}]
                  resource_properties: {Debug: {get_param: Debug}}
            outputs:
              all: {value: {get_attr: [Chain, role_data]}}
              merged:
                value: {map_merge: {get_attr: [Chain, role_data, config_settings]} }
            """;
        return new()
        {
            Name = "undercloud",
            TemplatePath = "main.yaml",
            Files = new InMemoryFiles(files),
            Environment = HeatEnvironment.OfRegistry(new(types)),
        };
    }

    private static string Service(int number, int parameters)
    {
        var text = new StringBuilder("heat_template_version: rocky\nparameters:\n  Debug: {type: boolean}\n");
        for (var i = 0; i < parameters; i++)
            text.Append($"  P{i}:\n    type: string\n    default: value-{i}\n    description: Parameter {i} of service {number}.\n");
        text.Append("conditions:\n  debug: {equals: [{get_param: Debug}, true]}\noutputs:\n  role_data:\n    value:\n      service_name: s\n      config_settings:\n");
        for (var i = 0; i < parameters; i++)
            text.Append($"        s{number}::p{i}: {{if: [debug, {{str_replace: {{template: 'http://HOST:{i}', params: {{HOST: {{get_param: P{i}}}}}}}}}, {{get_param: P{i}}}]}}\n");
        return text.ToString();
    }
}
