using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.BareMetal;

public sealed class NodeFileTests
{
    [Fact]
    public void An_instackenv_of_old_becomes_nodes_as_Ironic_has_them()
    {
        var node = Assert.Single(Good("""
            {
            	"nodes": [{
            		"name": "node-1", "pm_type": "pxe_ipmitool", "pm_addr": "192.0.2.10", "pm_port": "6230", "pm_user": "admin", "pm_password": "p\/w\t1",
            		"mac": ["52:54:00:AA:00:01"], "cpu": "4", "memory": 8192, "disk": "40", "arch": "x86_64",
            		"capabilities": "profile:compute, boot_mode:uefi", "profile": "control", "_comment": "the first",
            		"ipmi_cipher_suite": 17, "kernel_id": "http://k", "boot_interface": "pxe", "root_device": {"serial": "1"}
            	}]
            }
            """, "instackenv.json"));
        Assert.Equal("ipmi", node.Type.Name);
        Assert.Equal("node-1", node.Label);
        Assert.Equal("192.0.2.10:6230", node.Controller);
        Assert.Equal(
            Map(
                ("ipmi_address", "192.0.2.10"), ("ipmi_port", "6230"), ("ipmi_username", "admin"), ("ipmi_password", "p/w\t1"), ("ipmi_cipher_suite", 17),
                ("deploy_kernel", "http://k"), ("rescue_kernel", "http://k")),
            node.DriverInfo);
        Assert.Equal(Map(("cpus", "4"), ("memory_mb", 8192), ("local_gb", "40"), ("cpu_arch", "x86_64"), ("root_device", Map(("serial", "1")))), node.Properties);
        Assert.Equal("boot_mode:uefi,profile:control", string.Join(',', node.Capabilities.Select(pair => $"{pair.Key}:{pair.Value}")));
        Assert.Equal(Map(("boot_interface", "pxe")), node.Interfaces);
        Assert.Equal("52:54:00:aa:00:01", Assert.Single(node.Ports).Address);
    }

    [Fact]
    public void A_list_without_nodes_around_it_and_YAML_are_read_too()
    {
        var nodes = Good("""
            - pm_type: redfish
              pm_addr: https://bmc.example.org/
              pm_system_id: /redfish/v1/Systems/1
              ports:
                - {address: "52:54:00:00:00:0a", physical_network: leaf1, local_link_connection: {switch_id: "52:54:00:00:00:99"}, pxe_enabled: false}
            - {pm_type: fake}
            """, "nodes.yaml");
        Assert.Equal("bmc.example.org/redfish/v1/Systems/1", nodes[0].Controller);
        Assert.Equal(Map(("physical_network", "leaf1"), ("local_link_connection", Map(("switch_id", "52:54:00:00:00:99"))), ("pxe_enabled", false)), nodes[0].Ports[0].Fields);
        Assert.Equal("fake-hardware", nodes[1].Type.Name);
        Assert.Equal("node 2", nodes[1].Label);
    }

    [Theory]
    [InlineData("ipmi", "ipmi")]
    [InlineData("agent_ipmitool", "ipmi")]
    [InlineData("pxe_drac", "idrac")]
    [InlineData("pxe_ilo", "ilo")]
    [InlineData("pxe_irmc", "irmc")]
    [InlineData("redfish", "redfish")]
    [InlineData("pxe_wol", "staging-wol")]
    [InlineData("fake_pxe", "manual-management")]
    [InlineData("fake", "fake-hardware")]
    public void Names_of_classic_drivers_lead_to_hardware_types(string name, string type) => Assert.Equal(type, HardwareTypes.Named(name)!.Name);

    [Theory]
    [InlineData("impi", "Did you mean 'ipmi'?")]
    [InlineData("pxe_ipmitool_socat", "Did you mean 'ipmi'?")]
    [InlineData("pxe_ssh", "Ironic no longer starts machines over SSH: give the virtual machine a controller with virtualbmc and use ipmi.")]
    public void An_unknown_type_has_a_remedy(string name, string remedy)
    {
        var finding = Assert.Single(Findings($"[{{\"pm_type\": \"{name}\"}}]"));
        Assert.Equal(("NODE002", remedy), (finding.Code, finding.Remedy));
    }

    [Fact]
    public void A_Dells_controller_is_asked_by_both_of_its_protocols() =>
        Assert.Equal(
            Map(("drac_address", "h"), ("redfish_address", "https://h:8443"), ("drac_username", "u"), ("redfish_username", "u"), ("drac_password", "p"), ("redfish_password", "p")),
            Good("[{pm_type: idrac, pm_addr: 'https://h:8443', pm_user: u, pm_password: p}]")[0].DriverInfo);

    [Fact]
    public void All_errors_are_said_at_once_each_with_its_place()
    {
        var findings = Findings("""
            nodes:
            - {pm_type: ipmi, memroy: 4, pm_user: 7}
            - {pm_type: ipmi, pm_addr: a b, pm_port: 0, name: "x y", mac: ["52:54:00:00:00", 11:22:33:44:55:06]}
            - {pm_type: redfish, pm_addr: h, cpu: many, root_device: sda, capabilities: x, ports: [{adress: y}], platform: SNB, uuid: z}
            - seven
            - {}
            """);
        Assert.All(findings, finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.All(findings, finding => Assert.Equal("f.yaml", finding.Location!.Value.Path));
        Assert.Equal(
            [
                "2 NODE003", "2 NODE004", "2 NODE005",
                "3 NODE005", "3 NODE005", "3 NODE005", "3 NODE005", "3 NODE005",
                "4 NODE003", "4 NODE003", "4 NODE004", "4 NODE005", "4 NODE005", "4 NODE005", "4 NODE005",
                "5 NODE005", "6 NODE002",
            ],
            findings.Select(finding => $"{finding.Location!.Value.Line} {finding.Code}").Order(StringComparer.Ordinal));
        foreach (var word in new[] { "no pm_addr", "'memroy'", "pm_user must be", "has a blank", "pm_port must", "\"x y\"", "'52:54:00:00:00'", "not integer", "address is missing", "an arch", "adress is no key of a port", "cpu must", "root_device must", "'x' has", "uuid is \"z\"" })
            Assert.Contains(findings, finding => finding.Message.Contains(word, StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Remedy == "Did you mean 'memory'?");
        Assert.Contains(findings, finding => finding.Remedy == "Put it in quotes: YAML reads this one as a number.");
    }

    [Fact]
    public void What_belongs_to_one_node_alone_is_not_said_twice()
    {
        var findings = Findings("""
            - {pm_type: ipmi, pm_addr: h, name: a, mac: ["52:54:00:00:00:01", "52:54:00:00:00:0A"]}
            - {pm_type: ipmi, pm_addr: H, pm_port: 623, name: a, mac: ["52:54:00:00:00:0a"]}
            - {pm_type: ipmi, pm_addr: h, pm_port: 624}
            """);
        Assert.All(findings, finding => Assert.Equal(("NODE006", 2), (finding.Code, finding.Location!.Value.Line)));
        Assert.Equal(
            ["The MAC address 52:54:00:00:00:0a is that of a too (line 1).", "The controller h is that of a too (line 1).", "The name a is that of node 1 too (line 1)."],
            findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("", "must be a list")]
    [InlineData("{}", "no key 'nodes'")]
    [InlineData("{nodes: {}}", "must be a list")]
    [InlineData("[]", "no nodes")]
    [InlineData("[{]", "not YAML")]
    public void A_file_without_nodes_is_an_error(string text, string message) => Assert.Contains(message, Assert.Single(Findings(text)).Message);

    [Fact]
    public void Nested_and_long_files_end_in_an_error_or_nodes()
    {
        Assert.NotEmpty(Findings(new string('[', 100_000)));
        Assert.Equal(5000, Good("[" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"{{pm_type: ipmi, pm_addr: h{i}}}")) + "]").Length);
    }

    [Fact]
    public void An_architecture_with_an_agent_of_its_own_gets_it()
    {
        var node = Good("[{pm_type: fake-hardware, arch: aarch64, platform: SNB, kernel_id: mine}]")[0];
        Assert.Equal(
            Map(("deploy_kernel", "mine"), ("rescue_kernel", "mine"), ("deploy_ramdisk", "file:///d/aarch64/agent.ramdisk"), ("rescue_ramdisk", "file:///d/aarch64/agent.ramdisk")),
            AgentImages.Add(node, "/d", path => path.StartsWith("/d/aarch64/", StringComparison.Ordinal)).DriverInfo);
        Assert.Same(node, AgentImages.Add(node, AgentImages.Directory, path => path == "/var/lib/ironic/httpboot/agent.ramdisk"));
    }

    [Theory]
    [InlineData("192.0.2.300", "pm_addr is 192.0.2.300, which is no IPv4 address.")]
    [InlineData("192.0.2", "pm_addr is 192.0.2, which is no IPv4 address.")]
    [InlineData("https://192.0.2.300:8443/", "pm_addr is 192.0.2.300, which is no IPv4 address.")]
    [InlineData("239.0.0.1", "pm_addr is 239.0.0.1, which is no host's address.")]
    [InlineData("0.0.0.0", "pm_addr is 0.0.0.0, which is no host's address.")]
    [InlineData("https://[fd00::g]/", "pm_addr is fd00::g, which is no IPv6 address.")]
    [InlineData("192.0.2.010", "pm_addr is 192.0.2.010: programs do not agree on what a zero at the beginning means.")]
    [InlineData("3232235777", "pm_addr is 3232235777, which is no IPv4 address.")]
    [InlineData("[fd00::1", "pm_addr has brackets that are not around an address.")]
    [InlineData("[fd00::1]x", "pm_addr has brackets that are not around an address.")]
    [InlineData("[192.0.2.1]", "pm_addr is 192.0.2.1, which is no IPv6 address.")]
    [InlineData("ff02::1", "pm_addr is ff02::1, which is no host's address.")]
    [InlineData("::", "pm_addr is ::, which is no host's address.")]
    [InlineData("-bmc.example..com", "pm_addr is -bmc.example..com, which has an empty part between its dots.")]
    [InlineData("bmc-.example", "pm_addr is bmc-.example, which has a part that begins or ends with '-'.")]
    [InlineData("bm\u00fc.example", "pm_addr is bm\u00fc.example, which has the character '\u00fc'.")]
    [InlineData("https://192.0.2.6:99999/redfish", "pm_addr has the port '99999', which is no number from 1 to 65535.")]
    [InlineData("https://192.0.2.6:/redfish", "pm_addr has the port '', which is no number from 1 to 65535.")]
    [InlineData("https:///redfish", "pm_addr has no host.")]
    [InlineData("ftp://h", "pm_addr is a URL of ftp, where http or https belongs.")]
    [InlineData("https://u:p@h", "pm_addr has a user in it, which belongs into pm_user and pm_password.")]
    [InlineData(" ", "pm_addr has a blank in it.")]
    [InlineData(" h", "pm_addr has a blank in it.")]
    public void An_address_that_no_controller_can_have_is_an_error(string address, string message)
    {
        var finding = Assert.Single(Findings($"[{{pm_type: redfish, pm_addr: '{address}'}}]"));
        Assert.Equal(("NODE005", message), (finding.Code, finding.Message));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("bmc-1.example.org")]
    [InlineData("fd00::1")]
    [InlineData("https://[fd00::1]:8443/redfish")]
    [InlineData("https://bmc:8000")]
    [InlineData("[fd00::1]")]
    [InlineData("[fd00::1]:8443")]
    [InlineData("bmc_1.example.")]
    [InlineData("HTTPS://bmc/redfish/v1?x=1")]
    public void An_address_a_name_and_a_URL_are_taken(string address) => Good($"[{{pm_type: redfish, pm_addr: '{address}'}}]");

    [Theory]
    [InlineData("01:00:5e:00:00:01", "is a group's address (multicast), not a card's.")]
    [InlineData("ff:ff:ff:ff:ff:ff", "is a group's address (multicast), not a card's.")]
    [InlineData("00:00:00:00:00:00", "is no card's address.")]
    public void A_MAC_address_that_no_card_has_is_an_error(string mac, string message)
    {
        foreach (var text in new[] { $"[{{pm_type: fake, mac: ['{mac}']}}]", $"[{{pm_type: fake, ports: [{{address: '{mac}'}}]}}]" })
            Assert.Contains(Findings(text), finding => finding.Code == "NODE005" && finding.Message == $"'{mac}' {message}");
    }

    [Fact]
    public void A_root_device_is_known_by_the_hints_of_Ironic_alone()
    {
        var findings = Findings("[{pm_type: fake-hardware, root_device: {serail: 1, size: [1], wwn: '0x1', rotational: false}}]");
        Assert.Equal(["NODE004", "NODE005"], findings.Select(finding => finding.Code));
        Assert.Equal("Did you mean 'serial'?", findings[0].Remedy);
        Assert.StartsWith("root_device.size must be", findings[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://h", "pm_addr is a URL, which this driver does not take.")]
    [InlineData("h/redfish", "pm_addr is a URL, which this driver does not take.")]
    [InlineData("[fd00::1]", "pm_addr has brackets, which belong into URLs alone.")]
    [InlineData("192.0.2.1:6230", "pm_addr has a port, which belongs into pm_port (6230).")]
    public void A_driver_that_takes_no_URL_takes_no_part_of_one(string address, string message) =>
        Assert.Equal(("NODE005", message), Assert.Single(Findings($"[{{pm_type: ipmi, pm_addr: '{address}'}}]").Select(finding => (finding.Code, finding.Message))));

    [Fact]
    public void An_empty_pm_addr_is_a_missing_one() => Assert.Equal("NODE003", Assert.Single(Findings("[{pm_type: ipmi, pm_addr: ''}]")).Code);

    [Theory]
    [InlineData("fd00::1", "fd00::1")]
    [InlineData("https://[FD00::1]:8443/", "fd00::1")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void A_Dells_own_protocol_gets_the_host_alone(string address, string host) =>
        Assert.Equal((Value)host, Good($"[{{pm_type: idrac, pm_addr: '{address}', pm_user: u, pm_password: p}}]")[0].DriverInfo["drac_address"]);

    [Theory]
    [InlineData("size: abc", "root_device.size must be a whole number of GiB above 0, not 'abc'.")]
    [InlineData("size: 100 GB", "root_device.size must be a whole number of GiB above 0, not '100 GB'.")]
    [InlineData("size: 100.5", "root_device.size must be a whole number of GiB above 0, not '100.5'.")]
    [InlineData("size: 0", "root_device.size must be a whole number of GiB above 0, not '0'.")]
    [InlineData("size: -1", "root_device.size must be a whole number of GiB above 0, not '-1'.")]
    [InlineData("size: true", "root_device.size must be a whole number of GiB above 0, not 'true'.")]
    [InlineData("size: '>= big'", "root_device.size must be a whole number of GiB above 0, not '>= big'.")]
    [InlineData("size: '>= 100 200'", "root_device.size must be a whole number of GiB above 0, not '>= 100 200'.")]
    [InlineData("size: '>='", "root_device.size has an operator with nothing behind it.")]
    [InlineData("serial: '<or> a <or>'", "root_device.serial has an operator with nothing behind it.")]
    [InlineData("rotational: maybe", "root_device.rotational must be true or false.")]
    [InlineData("serial: 4711", "root_device.serial must be a text, not integer.")]
    [InlineData("model: true", "root_device.model must be a text, not boolean.")]
    [InlineData("name: ' '", "root_device.name is empty.")]
    [InlineData("wwn: null", "root_device.wwn must be a text, a number, true or false, not null.")]
    public void A_root_device_that_Ironic_would_refuse_is_an_error(string hint, string message) =>
        Assert.Equal(("NODE005", message), Assert.Single(Findings($"[{{pm_type: fake-hardware, root_device: {{{hint}}}}}]").Select(finding => (finding.Code, finding.Message))));

    [Theory]
    [InlineData("size: 100")]
    [InlineData("size: '100'")]
    [InlineData("size: '>= 100'")]
    [InlineData("size: '>=100'")]
    [InlineData("size: '<or> 100 <or> 200'")]
    [InlineData("rotational: 'no'")]
    [InlineData("rotational: 0")]
    [InlineData("model: 's== SSD 850'")]
    [InlineData("vendor: '<in> seagate'")]
    [InlineData("name: 's!= /dev/sda'")]
    [InlineData("hctl: '1:0:0:0'")]
    public void Operators_of_root_devices_are_taken(string hint) => Good($"[{{pm_type: fake-hardware, root_device: {{{hint}}}}}]");

    [Fact]
    public void An_unknown_type_does_not_hide_the_nodes_other_errors()
    {
        var findings = Findings("[{pm_type: impi, pm_addr: 192.0.2.300, pm_pasword: x, cpu: many, mac: [1], anything_else: 1}]");
        Assert.Equal(["NODE002", "NODE004", "NODE005", "NODE005", "NODE005"], findings.Select(finding => finding.Code).Order(StringComparer.Ordinal));
        Assert.Contains(findings, finding => finding.Remedy == "Did you mean 'pm_password'?");
    }

    private static MapValue Map(params (string Key, Value Value)[] entries) => new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));

    private static ImmutableArray<WantedNode> Good(string text, string path = "f.yaml")
    {
        var findings = new DiagnosticBag();
        var nodes = NodeFile.Read(text, path, findings);
        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error);
        return nodes;
    }

    private static ImmutableArray<Diagnostic> Findings(string text, string path = "f.yaml")
    {
        var findings = new DiagnosticBag();
        NodeFile.Read(text, path, findings);
        return findings.All;
    }
}
