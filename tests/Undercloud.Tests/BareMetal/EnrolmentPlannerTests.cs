using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.BareMetal;

public sealed class EnrolmentPlannerTests
{
    private const string Node = "{name: n1, pm_type: ipmi, pm_addr: h, pm_password: secret, cpu: 4, mac: ['52:54:00:00:00:01']}";

    [Fact]
    public void A_node_that_Ironic_does_not_have_is_made_of_what_the_file_says()
    {
        var made = Assert.Single(Plan(
            "{name: n1, pm_type: ipmi, pm_addr: h, cpu: 4, profile: control, platform: SNB, arch: x86_64, conductor_group: g, deploy_interface: direct, mac: ['52:54:00:00:00:01']}"));
        Assert.Equal(EnrolmentAction.Create, made.Action);
        Assert.Equal(
            CanonicalJson.Read("""
                {"driver": "ipmi", "driver_info": {"ipmi_address": "h"}, "properties": {"cpus": 4, "cpu_arch": "x86_64", "capabilities": "profile:control"},
                 "resource_class": "baremetal", "name": "n1", "conductor_group": "g", "extra": {"tripleo_platform": "SNB"}, "deploy_interface": "direct"}
                """),
            made.Creation);
        Assert.Equal("ctlplane", ((StringValue)made.Ports[0].Wanted.Fields["physical_network"]!).Text);
    }

    [Fact]
    public void What_a_new_node_would_be_is_said_without_its_secrets()
    {
        var made = Assert.Single(Plan("{name: n1, pm_type: ipmi, pm_addr: h, pm_password: secret, profile: control, root_device: {serial: x}, mac: ['52:54:00:00:00:01']}")).Made.ToList();
        Assert.Equal(
            ["capabilities profile:control", "driver ipmi", "ipmi_address h", "ipmi_password ***", "resource_class baremetal", "root_device {\"serial\":\"x\"}"],
            made.SkipLast(1).Order(StringComparer.Ordinal));
        Assert.Contains("52:54:00:00:00:01", made[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"uuid\": \"u1\", \"name\": \"n1\", \"driver\": \"ipmi\"")]
    [InlineData("\"uuid\": \"u1\", \"driver\": \"ipmi\", \"driver_info\": {\"ipmi_address\": \"H\", \"ipmi_port\": 623}")]
    [InlineData("\"uuid\": \"u1\", \"driver\": \"ipmi\"", "52:54:00:00:00:01")]
    public void A_node_is_known_by_name_controller_or_port(string fields, string? port = null) =>
        Assert.Equal("u1", Plan(Node, Found(fields, port)).Single().Found?.Uuid);

    [Fact]
    public void Another_port_of_the_same_controller_is_another_node() =>
        Assert.Null(Plan("{pm_type: ipmi, pm_addr: h}", Found("\"uuid\": \"u1\", \"driver\": \"ipmi\", \"driver_info\": {\"ipmi_address\": \"h\", \"ipmi_port\": \"6230\"}")).Single().Found);

    [Fact]
    public void Only_what_differs_is_changed()
    {
        var node = Plan(Node, Known("""{"cpus": "8", "local_gb": 40}""")).Single();
        Assert.Equal(EnrolmentAction.Update, node.Action);
        Assert.Equal(["properties.cpus 8 -> 4"], node.Differences);
        Assert.Equal(["/driver_info/ipmi_password", "/properties/cpus"], node.Changes.Select(change => change.Path));
    }

    [Fact]
    public void A_number_and_its_text_are_the_same_and_a_password_that_Ironic_hides_is_no_difference()
    {
        var node = Plan(Node, Known("""{"cpus": "4"}""")).Single();
        Assert.Equal((EnrolmentAction.Keep, true), (node.Action, node.OnlyUnseen));
        Assert.Equal("driver_info.ipmi_password set again", Assert.Single(node.Changes).ToString());
    }

    [Fact]
    public void A_password_is_never_in_what_is_shown()
    {
        var node = Plan(Node, Found("\"uuid\": \"u1\", \"name\": \"n1\", \"driver\": \"ipmi\", \"provision_state\": \"enroll\"")).Single();
        Assert.Contains("driver_info.ipmi_password set", node.Differences);
        Assert.DoesNotContain(node.Differences, text => text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("active", "\"i1\"", "in use by instance i1")]
    [InlineData("deploy failed", "null", "in use: deploy failed")]
    [InlineData("clean wait", "null", "Ironic is at work on it: clean wait")]
    public void A_node_in_use_or_at_work_is_left_alone(string state, string instance, string reason)
    {
        var node = Plan(Node, Known("""{"cpus": "8"}""", state, instance)).Single();
        Assert.Equal((EnrolmentAction.Leave, reason), (node.Action, node.Reason));
        Assert.Equal(EnrolmentAction.Keep, Plan(Node, Known("""{"cpus": "4"}""", state, instance)).Single().Action);
    }

    [Fact]
    public void Capabilities_that_an_inspection_found_stay()
    {
        var node = Plan("{name: n1, pm_type: ipmi, pm_addr: h, capabilities: 'profile:b'}", Known("""{"capabilities": "cpu_vt:true,profile:a"}""")).Single();
        Assert.Equal("cpu_vt:true,profile:b", ((StringValue)node.Changes.Single().After).Text);
    }

    [Fact]
    public void Ports_are_added_and_changed_and_never_taken_away()
    {
        var found = Known("{}") with { Ports = [Port("52:54:00:00:00:01"), Port("52:54:00:00:00:09")] };
        var node = Plan("{name: n1, pm_type: ipmi, pm_addr: h, ports: [{address: '52:54:00:00:00:01', physical_network: leaf1}, {address: '52:54:00:00:00:02'}]}", found).Single();
        Assert.Equal(["port 52:54:00:00:00:01: physical_network ctlplane -> leaf1", "port 52:54:00:00:00:02"], node.Differences);
    }

    [Fact]
    public void A_node_that_fits_several_of_Ironics_is_an_error()
    {
        var findings = new DiagnosticBag();
        EnrolmentPlanner.Plan(Read(Node), [Found("\"uuid\": \"u1\", \"name\": \"n1\""), Found("\"uuid\": \"u2\"", "52:54:00:00:00:01")], findings);
        Assert.Equal("Several nodes of Ironic fit n1: u2 has the port 52:54:00:00:00:01, n1 has the name n1.", Assert.Single(findings.All).Message);
    }

    [Fact]
    public void Two_nodes_of_the_file_that_are_one_in_Ironic_are_an_error()
    {
        var findings = new DiagnosticBag();
        EnrolmentPlanner.Plan(Read($"{Node}, {{pm_type: ipmi, pm_addr: other, name: n2}}"), [Found("\"uuid\": \"u1\", \"name\": \"n2\"", "52:54:00:00:00:01")], findings);
        Assert.Equal("NODE010", Assert.Single(findings.All).Code);
    }

    [Fact]
    public void A_type_or_interface_that_is_not_enabled_is_an_error_at_its_place()
    {
        var findings = new DiagnosticBag();
        var boots = new MapValue([new("enabled_boot_interfaces", new ListValue(["ipxe", "pxe"]))]);
        new EnabledDrivers(ImmutableSortedDictionary<string, MapValue>.Empty.Add("ipmi", boots))
            .Check(Read("{pm_type: redfish, pm_addr: g}, {pm_type: ipmi, pm_addr: h, boot_interface: ipx}, {pm_type: ipmi, pm_addr: i, boot_interface: pxe}"), findings);
        Assert.Equal(["NODE008", "NODE009"], findings.All.Select(finding => finding.Code));
        Assert.Contains("enabled are ipmi.", findings.All[0].Message);
        Assert.Equal("Did you mean 'ipxe'?", findings.All[1].Remedy);
    }

    private static ImmutableArray<NodeEnrolment> Plan(string nodes, params ReadOnlySpan<FoundNode> found)
    {
        var findings = new DiagnosticBag();
        var plan = EnrolmentPlanner.Plan(Read(nodes), found.ToArray(), findings);
        Assert.Empty(findings.All);
        return plan;
    }

    private static ImmutableArray<WantedNode> Read(string nodes)
    {
        var findings = new DiagnosticBag();
        var read = NodeFile.Read($"[{nodes}]", "f.yaml", findings);
        Assert.Empty(findings.All);
        return read;
    }

    private static FoundNode Known(string properties, string state = "available", string instance = "null") => Found($$"""
        "uuid": "u1", "name": "n1", "driver": "ipmi", "driver_info": {"ipmi_address": "h", "ipmi_password": "******"},
        "properties": {{properties}}, "provision_state": "{{state}}", "instance_uuid": {{instance}}
        """) with { Ports = [Port("52:54:00:00:00:01")] };

    private static FoundNode Found(string fields, string? port = null) => new((MapValue)CanonicalJson.Read($"{{{fields}}}"), port is null ? [] : [Port(port)]);

    private static FoundPort Port(string address) => new("p", address, "u1", new([new("address", address), new("physical_network", "ctlplane")]));
}
