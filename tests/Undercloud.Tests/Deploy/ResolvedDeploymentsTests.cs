using Undercloud.Deploy.ConfigDownload;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class ResolvedDeploymentsTests
{
    private const string Root = """
        heat_template_version: rocky
        resources:
          Server:
            type: OS::Heat::DeployedServer
          Script:
            type: OS::Heat::SoftwareConfig
            properties: {group: script, config: "echo $who", inputs: [{name: who}]}
          Once:
            type: OS::Heat::SoftwareDeployment
            properties: {name: OnceDeployment, config: {get_resource: Script}, server: {get_resource: Server}, input_values: {who: once}}
          Twice:
            type: OS::Lab::Deployment
            depends_on: Once
            properties: {config: {get_resource: Script}, server: {get_resource: Server}, input_values: {who: twice}}
          Never:
            type: OS::Heat::SoftwareDeployment
            properties: {config: {get_resource: Script}, server: {get_resource: Server}, actions: [DELETE]}
        outputs:
          server: {value: {get_resource: Server}}
        """;

    private const string Deployment = """
        heat_template_version: rocky
        parameters:
          name: {type: string, default: ""}
          config: {type: string}
          server: {type: string}
          actions: {type: comma_delimited_list, default: [CREATE]}
          input_values: {type: json, default: {}}
          signal_transport: {type: string, default: CFN_SIGNAL}
        resources:
          TripleODeployment:
            type: OS::Heat::Value
            properties:
              value: {name: {get_param: name}, server: {get_param: server}, deployment: {get_resource: TripleOSoftwareDeployment}}
          TripleOSoftwareDeployment:
            type: OS::Heat::SoftwareDeployment
            properties:
              config: {get_param: config}
              server: {get_resource: StandIn}
              input_values: {get_param: input_values}
              actions: {get_param: actions}
              signal_transport: NO_SIGNAL
          StandIn:
            type: OS::Heat::DeployedServer
        outputs:
          deploy_stdout: {value: {get_attr: [TripleOSoftwareDeployment, deploy_stdout]}}
          deploy_stderr: {value: {get_attr: [TripleOSoftwareDeployment, deploy_stderr]}}
          deploy_status_code: {value: {get_attr: [TripleOSoftwareDeployment, deploy_status_code]}}
        """;

    [Fact]
    public void Deployments_are_found_through_the_templates_that_describe_them()
    {
        var files = new InMemoryFiles(new Dictionary<string, string>
        {
            ["root.yaml"] = Root,
            ["deployment.yaml"] = Deployment,
            ["env.yaml"] = "resource_registry: {OS::Heat::SoftwareDeployment: deployment.yaml, OS::Lab::Deployment: deployment.yaml}\n",
        });
        var findings = new DiagnosticBag();
        var result = StackResolver.Resolve(new() { Name = "lab", TemplatePath = "root.yaml", Files = files, Environment = HeatEnvironment.Read(["env.yaml"], files, findings) });
        Assert.Empty(findings.All);
        Assert.Empty(result.Diagnostics);

        var request = ResolvedDeployments.Request("lab", result, MapValue.Empty);
        Assert.Equal(["Once", "Twice", "Never"], request.Deployments.Select(deployment => deployment.ParentResource));
        Assert.All(request.Deployments, deployment => Assert.Equal(result.Outputs["server"], deployment.Server));
        Assert.Equal("OnceDeployment", request.Deployments[0].Name);
        Assert.Equal(["once", "twice", null], request.Deployments.Select(Who));
        Assert.Contains("-Twice-", request.Deployments[1].PhysicalName);
        Assert.Contains("echo $who", request.NetworkConfigs.Values);
    }

    private static string? Who(ServerDeployment deployment) =>
        deployment.Config is null ? null : ((StringValue)deployment.Config.Inputs.Single(input => input["name"]!.Equals((Value)"who"))["value"]!).Text;
}
