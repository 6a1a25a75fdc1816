using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class NetConfigTemplateTests
{
    private static readonly MapValue s_tags = NetConfigTags.Of(Config("""
        local_interface = eth2
        local_ip = 192.168.24.1/24
        local_mtu = 1400
        undercloud_nameservers = 192.0.2.53,192.0.2.54
        subnets = ctlplane-subnet,leaf1,leaf2
        enable_routed_networks = true
        [ctlplane-subnet]
        gateway = 192.168.24.254
        host_routes = [{destination: 10.9.0.0/16, nexthop: 192.168.24.253}]
        [leaf1]
        cidr = 10.1.0.0/24
        gateway = 10.1.0.1
        inspection_iprange = 10.1.0.100,10.1.0.120
        [leaf2]
        cidr = 10.2.0.0/24
        gateway = 10.2.0.1
        inspection_iprange = 10.2.0.100,10.2.0.120
        """));

    [Theory]
    [InlineData("{{LOCAL_INTERFACE}}", "eth2")]
    [InlineData("{{ LOCAL_INTERFACE }}", "eth2")]
    [InlineData("{{\tLOCAL_IP\n}}", "192.168.24.1/24")]
    [InlineData("{{{LOCAL_IP}}}", "192.168.24.1/24")]
    [InlineData("{{&LOCAL_IP}}", "192.168.24.1/24")]
    [InlineData("{{& LOCAL_IP }}x{{{ LOCAL_MTU }}}", "192.168.24.1/24x1400")]
    [InlineData("{{LOCAL_MTU}}", "1400")]
    [InlineData("{{PUBLIC_INTERFACE_IP}}", "192.168.24.2")]
    [InlineData("a } b }} { c", "a } b }} { c")]
    public void A_tag_of_text_is_filled_in_however_it_is_spaced(string written, string expected)
    {
        var value = Read($$"""{"network_config": [{"type": "interface", "name": "{{written}}"}]}""", out var findings);
        Assert.Empty(findings);
        Assert.Equal($$"""{"network_config":[{"name":"{{expected}}","type":"interface"}]}""", value!.ToString());
    }

    [Fact]
    public void Lists_and_numbers_are_json()
    {
        var value = Read("""{"network_config": [{"type": "x", "mtu": {{LOCAL_MTU}}, "dns": {{UNDERCLOUD_NAMESERVERS}}, "routes": {{SUBNETS_STATIC_ROUTES}}}]}""", out _);
        Assert.Equal(
            """
            {"network_config":[{"dns":["192.0.2.53","192.0.2.54"],"mtu":1400,"routes":[{"ip_netmask":"10.1.0.0/24","next_hop":"192.168.24.254"},{"ip_netmask":"10.2.0.0/24","next_hop":"192.168.24.254"},{"ip_netmask":"10.9.0.0/16","next_hop":"192.168.24.253"}],"type":"x"}]}
            """,
            value!.ToString());
    }

    [Fact]
    public void Without_further_subnets_there_are_no_routes_and_no_servers_are_an_empty_list()
    {
        var tags = NetConfigTags.Of(Config(""));
        Assert.Equal(("[]", "[]"), (tags["SUBNETS_STATIC_ROUTES"]!.ToString(), tags["UNDERCLOUD_NAMESERVERS"]!.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    public void An_empty_file_is_an_empty_configuration_and_not_none(string text)
    {
        Assert.Equal("""{"network_config":[]}""", Read(text, out var findings)!.ToString());
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("network_config:\n- type: interface\n  name: {{LOCAL_INTERFACE}}\n  mtu: {{LOCAL_MTU}}\n  addresses:\n  - ip_netmask: {{LOCAL_IP}}\n")]
    [InlineData("---\n# It's the operator's.\nnetwork_config: [{type: interface, name: '{{LOCAL_INTERFACE}}', mtu: {{LOCAL_MTU}}, addresses: [{ip_netmask: \"{{LOCAL_IP}}\"}]}]\n")]
    [InlineData("\"network_config\":\n- type: interface\n  name: {{LOCAL_INTERFACE}}\n  mtu: {{LOCAL_MTU}}\n  addresses:\n  - ip_netmask: {{LOCAL_IP}}\n")]
    public void Yaml_is_read_as_well(string text)
    {
        Assert.Equal("""{"network_config":[{"addresses":[{"ip_netmask":"192.168.24.1/24"}],"mtu":1400,"name":"eth2","type":"interface"}]}""", Read(text, out var findings)?.ToString());
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData(true, "192.168.24.2")]
    [InlineData(false, "192.168.24.1/24")]
    public void Without_tls_the_public_interface_has_local_ip(bool tls, string expected) =>
        Assert.Equal(expected, ((StringValue)NetConfigTags.Of(Config($"generate_service_certificate = {tls}"))["PUBLIC_INTERFACE_IP"]!).Text);

    [Theory]
    [InlineData("{\"network_config\": [\n  {\"type\": \"{{LOCAL_IPS}}\"}]}", "net.json:2:13", "NCO001", "There is no tag 'LOCAL_IPS'", "Did you mean LOCAL_IP?")]
    [InlineData("{\"network_config\": [{\"type\": \"{{ local_ip }}\"}]}", "net.json:1:31", "NCO001", "There is no tag 'local_ip'", "Did you mean LOCAL_IP?")]
    [InlineData("{\"network_config\": [{\"type\": \"{{LOCAL_IP|upper}}\"}]}", "net.json:1:31", "NCO001", "There is no tag", "The tags are LOCAL_INTERFACE")]
    [InlineData("{\"network_config\": [\n{% if true %}{\"type\": \"x\"}{% endif %}]}", "net.json:2:1", "NCO001", "This begins a tag and is none", "nothing else of a template language")]
    [InlineData("{\"network_config\": [{\"mtu\": {{LOCAL_MTU", "net.json:1:29", "NCO001", "does not end", "The tags are")]
    [InlineData("{{}}", "net.json:1:1", "NCO001", "There is no tag ''", "The tags are")]
    [InlineData("{\"network_config\": [\n {\"type\": {{LOCAL_INTERFACE}}}]}", "net.json:2:11", "NCO002", "not JSON", "A tag of text belongs between quotes")]
    [InlineData("{\"network_config\": [\n {\"mtu\": {{LOCAL_MTU}},\n  \"type\": x}]}", "net.json:3:11", "NCO002", "a value is expected", "")]
    [InlineData("\"network_config\": [\n {\"type\": x}]", "net.json:2:11", "NCO002", "a value is expected", "")]
    [InlineData("{'a': &quot;b&quot;, x}", "net.json:1:22", "NCO002", "a key in double quotes", "")]
    [InlineData("{\"network_config\": [", "net.json:1:21", "NCO002", "a value is expected", "")]
    [InlineData("network_config:\n- type: interface\n  name: {{LOCAL_IP}}\n mtu: 5\n", "net.json:4:2", "NCO002", "neither JSON nor YAML", "")]
    [InlineData("network_config:\n- name: {{LOCAL_IP}}\n", "net.json:2:3", "NCO003", "network_config[0] is no object with a type", "")]
    [InlineData("{\"config\": []}", "net.json:1:1", "NCO003", "There is no network_config", "os-net-config")]
    [InlineData("[]", "net.json:1:1", "NCO003", "There is no network_config", "")]
    [InlineData("{\"network_config\": {}}", "net.json:1:1", "NCO003", "network_config is no list", "")]
    [InlineData("{\"network_config\": [{\"type\": \"x\"},\n  {\"name\": \"{{LOCAL_IP}}\"}]}", "net.json:2:3", "NCO003", "network_config[1] is no object with a type", "")]
    [InlineData("\"network_config\": [\n  {\"name\": \"a\"}]", "net.json:2:3", "NCO003", "network_config[0] is no object with a type", "")]
    public void What_is_wrong_is_said_with_its_place_and_remedy(string text, string place, string code, string message, string remedy)
    {
        Assert.Null(Read(text, out var findings));
        var finding = Assert.Single(findings);
        Assert.Equal((place, code, Severity.Error), (finding.Location.ToString(), finding.Code, finding.Severity));
        Assert.Contains(message, finding.Message);
        Assert.Contains(remedy, finding.Remedy);
    }

    [Fact]
    public void All_wrong_tags_are_named_at_once()
    {
        Read("{\"network_config\": [{\"type\": \"{{A}}\"}, {\"type\": \"{{B}}\"}]}", out var findings);
        Assert.Equal(["There is no tag 'A'.", "There is no tag 'B'."], findings.Select(finding => finding.Message));
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash()
    {
        Read($"{{\"network_config\": {new string('[', 100_000)}", out var findings);
        Assert.Equal(NetConfigCodes.NotJson, Assert.Single(findings).Code);
        Read(string.Concat(Enumerable.Repeat("{{", 50_000)), out findings);
        Assert.All(findings, finding => Assert.Equal(NetConfigCodes.Tag, finding.Code));
    }

    [Fact]
    public void No_text_ends_in_anything_but_a_value_or_findings_with_places_in_it()
    {
        string[] parts = ["{", "}", "{{", "}}", "LOCAL_IP", "{{LOCAL_IP}}", "{{{LOCAL_MTU}}}", "\"", "'", "&quot;", "network_config", "\"network_config\": ", "[", "]", ":", ",", "\n", " ", "type", "\\", "é", "1", "{%"];
        Gen.Int[0, parts.Length - 1].Array[0, 30].Select(numbers => string.Concat(numbers.Select(number => parts[number]))).Sample(text =>
        {
            var value = Read(text, out var findings);
            var lines = text.Split('\n');
            Assert.True(findings.Count == 0 || value is null);
            Assert.All(findings, finding => Assert.InRange(finding.Location!.Value.Column, 1, lines[finding.Location.Value.Line - 1].Length + 1));
        }, iter: 5000);
    }

    private static MapValue? Read(string template, out IReadOnlyList<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var value = NetConfigTemplate.Read(template, "net.json", s_tags, diagnostics)?.Value;
        findings = diagnostics.All;
        return value;
    }

    private static UndercloudConfig Config(string text)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read($"[DEFAULT]\n{text}\n", "undercloud.conf", "/home/stack", diagnostics);
        Assert.DoesNotContain(diagnostics.All, finding => finding.Severity == Severity.Error);
        return config;
    }
}
