using System.Collections.Immutable;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.ConfigDownload;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class ConfigDownloadFindingsTests
{
    private const string Id = "11111111-0000-4000-8000-000000000000";
    private const string NetworkId = "22222222-0000-4000-8000-000000000000";

    private static readonly MapValue s_outputs = (MapValue)CanonicalJson.Read("""
        {
          "RoleData": {"Lab": {"service_names": ["ssh"]}},
          "RoleConfig": {"deploy_steps_playbook": "- hosts: all\n"},
          "RoleGroupVars": {"Lab": {}},
          "AnsibleHostVarsMap": {"Lab": {"lab-0": {"a": 1}}},
          "HostnameNetworkConfigMap": {},
          "RoleNetHostnameMap": {"Lab": {"ctlplane": ["lab-0.ctlplane.lab"]}},
          "RoleNetIpMap": {"Lab": {"ctlplane": ["192.0.2.1"]}},
          "ServerIdData": {"bootstrap_server_id": "11111111-0000-4000-8000-000000000000", "server_ids": {"Lab": ["11111111-0000-4000-8000-000000000000"]}}
        }
        """);

    [Fact]
    public void The_least_there_can_be_has_no_findings()
    {
        var (files, findings) = Write(s_outputs);
        Assert.Empty(findings);
        Assert.Equal(
            ["Lab/service_names.yaml", "deploy_steps_playbook.yaml", "deployments.yaml", "group_vars/Lab", "host_vars/lab-0", "inventory.yaml", "templates/heat-config.j2"],
            files.Select(file => file.Path));
        Assert.All(files, file => Assert.True(file.Private));
    }

    [Theory]
    [InlineData("RoleData")]
    [InlineData("RoleNetHostnameMap")]
    [InlineData("RoleNetIpMap.Lab")]
    [InlineData("ServerIdData")]
    [InlineData("RoleGroupVars.Lab")]
    [InlineData("AnsibleHostVarsMap.Lab.lab-0")]
    public void An_output_that_is_missing_is_named_and_nothing_is_written(string path)
    {
        var (files, findings) = Write((MapValue)Set(s_outputs, path.Split('.'), Value.Null));
        Assert.Empty(files);
        Assert.Contains(findings, finding => finding.Message == $"The output {path} is missing or null." && finding.Remedy is not null);
    }

    [Theory]
    [InlineData("RoleData.Lab", "5", "The output RoleData.Lab is an integer instead of a map.")]
    [InlineData("RoleData.Lab.deploy_steps_tasks", """["x"]""", "The output RoleData.Lab.deploy_steps_tasks has a string among its tasks.")]
    [InlineData("RoleData.Lab.step_config", "null", "The output RoleData.Lab.step_config is null instead of a string.")]
    [InlineData("RoleConfig.deploy_steps_playbook", "null", "The output RoleConfig.deploy_steps_playbook is null instead of a string.")]
    [InlineData("RoleNetHostnameMap.Lab.ctlplane", """["a.ctlplane.b", "c.ctlplane.d"]""", "The output RoleNetIpMap.Lab.ctlplane has 1 entries where 2 are needed, one for each host.")]
    [InlineData("RoleNetIpMap.Lab.ctlplane", "[]", "The output RoleNetIpMap.Lab.ctlplane has no addresses: Ansible could not reach the hosts of role Lab.")]
    [InlineData("HostnameNetworkConfigMap.lab-0", "null", "The output HostnameNetworkConfigMap.lab-0 is not the id of a network configuration of role Lab.")]
    public void An_output_that_does_not_fit_is_named(string path, string json, string message)
    {
        var (files, findings) = Write((MapValue)Set(s_outputs, path.Split('.'), CanonicalJson.Read(json)));
        Assert.Empty(files);
        Assert.Contains(message, findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void A_name_that_is_no_file_name_is_refused(string name)
    {
        Assert.Equal("DOWNLOAD002", Error(Set(s_outputs, ["RoleConfig"], new MapValue([new($"{name}/x.sh", "x")]))).Code);
        Assert.Equal("DOWNLOAD002", Error(Set(s_outputs, ["RoleData", name], new MapValue([new("service_names", ListValue.Empty)]))).Code);
    }

    [Fact]
    public void A_file_where_a_directory_is_to_be_is_refused() =>
        Assert.Equal("templates would be a file and a directory at once.", Error(Set(Set(s_outputs, ["RoleConfig", "templates.x"], "x"), ["RoleData", "templates.x", "y"], 1)).Message.Replace(".x", ""));

    [Fact]
    public void Outputs_that_share_their_parts_without_end_are_refused()
    {
        Value value = "x";
        for (var i = 0; i < 100; i++)
            value = new ListValue([value, value]);
        Assert.Equal("DOWNLOAD002", Error(Set(s_outputs, ["RoleData", "Lab", "bomb"], value)).Code);
    }

    [Theory]
    [InlineData(1, 250, "The project has data that is nested more than 200 deep.")]
    [InlineData(4000, 190, "The project would be larger than 100 megabytes.")]
    public void Data_that_is_too_deep_or_whose_indentation_is_too_much_is_refused(int copies, int depth, string message)
    {
        Value value = string.Concat(Enumerable.Repeat("x\n", 100));
        for (var i = 0; i < depth; i++)
            value = new ListValue([value]);
        Assert.Equal(message, Error(Set(s_outputs, ["RoleData", "Lab", "deep"], new ListValue([.. Enumerable.Repeat(value, copies)]))).Message);
    }

    [Fact]
    public void RoleGroupVars_came_after_queens()
    {
        Assert.Equal(ConfigDownloadLayout.Train, ConfigDownload.LayoutOf(s_outputs));
        Assert.Equal(ConfigDownloadLayout.Queens, ConfigDownload.LayoutOf(new MapValue(s_outputs.Entries.Where(entry => entry.Key != "RoleGroupVars"))));
    }

    [Fact]
    public void Outputs_of_a_release_that_was_not_compared_are_said_to_be()
    {
        var (files, findings) = Write(new MapValue(s_outputs.Entries.Where(entry => entry.Key != "AnsibleHostVarsMap")));
        Assert.NotEmpty(files);
        Assert.Contains("rocky or stein", Assert.Single(findings).Message);
    }

    [Fact]
    public void A_network_configuration_without_its_text_is_left_out_with_a_warning()
    {
        var outputs = (MapValue)Set(s_outputs, ["HostnameNetworkConfigMap", "lab-0"], NetworkId);
        var (files, findings) = Write(outputs);
        Assert.DoesNotContain(files, file => file.Path.EndsWith("NetworkConfig", StringComparison.Ordinal));
        Assert.Equal("DOWNLOAD008", Assert.Single(findings).Code);
        (files, findings) = Write(new ConfigDownloadRequest("lab", outputs) { NetworkConfigs = new Dictionary<string, string> { [NetworkId] = "ip link\n" } });
        Assert.Equal(["ip link\n", "ip link\n"], files.Where(file => file.Path is "Lab/NetworkConfig" or "Lab/lab-0/NetworkConfig").Select(file => file.Content));
        Assert.Empty(findings);
    }

    [Fact]
    public void Victoria_has_the_network_configuration_of_a_role_as_data()
    {
        var (files, findings) = Write((MapValue)Set(s_outputs, ["RoleNetworkConfigMap", "Lab"], CanonicalJson.Read("""{"network_config": [1]}""")));
        Assert.Equal("""{"network_config": [1]}""", files.Single(file => file.Path == "Lab/NetworkConfig").Content);
        Assert.Equal("DOWNLOAD010", Assert.Single(findings).Code);
    }

    [Theory]
    [InlineData("x", null, null, "DOWNLOAD006")]
    [InlineData(null, null, "deploy_server_id", "DOWNLOAD005")]
    [InlineData("7", null, "deploy_server_id", "DOWNLOAD005")]
    [InlineData("../x", null, "deploy_server_id", "DOWNLOAD002")]
    [InlineData("x", "hiera", "deploy_server_id", "DOWNLOAD007")]
    public void A_deployment_that_cannot_be_written_is_an_error(string? name, string? group, string? input, string code)
    {
        ImmutableArray<MapValue> inputs = input is null ? [] : [new MapValue([new("name", input)])];
        var deployment = new ServerDeployment(Id, "lab-TripleODeployment", new DeploymentConfig("1", group, "{ not: [yaml") { Inputs = inputs }) { Name = name };
        var (files, findings) = Write(new ConfigDownloadRequest("lab", s_outputs) { Deployments = [deployment] });
        Assert.Empty(files);
        Assert.Equal(code, Assert.Single(findings).Code);
    }

    private static Diagnostic Error(Value outputs)
    {
        var (files, findings) = Write((MapValue)outputs);
        Assert.Empty(files);
        return findings.First(finding => finding.Severity == Severity.Error);
    }

    private static (ImmutableArray<ProjectFile> Files, ImmutableArray<Diagnostic> Findings) Write(MapValue outputs) => Write(new ConfigDownloadRequest("lab", outputs));

    private static (ImmutableArray<ProjectFile> Files, ImmutableArray<Diagnostic> Findings) Write(ConfigDownloadRequest request)
    {
        var findings = new DiagnosticBag();
        return (ConfigDownload.Write(request, findings), findings.All);
    }

    private static Value Set(Value value, ReadOnlySpan<string> path, Value item)
    {
        if (path.IsEmpty)
            return item;
        var map = value as MapValue ?? MapValue.Empty;
        return map.With(path[0], Set(map[path[0]] ?? MapValue.Empty, path[1..], item));
    }
}
