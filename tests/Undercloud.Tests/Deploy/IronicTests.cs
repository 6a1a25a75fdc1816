using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

/// <summary>What undercloud.conf's options about nodes come to in Ironic's files.</summary>
public sealed class IronicTests
{
    private static readonly string[] s_containers =
    [
        "ironic_api", "ironic_conductor", "ironic_db_sync", "ironic_inspector", "ironic_inspector_db_sync", "ironic_inspector_dnsmasq",
        "ironic_neutron_agent", "ironic_pxe_boot_files", "ironic_pxe_http", "ironic_pxe_tftp",
    ];

    [Fact]
    public void Ironic_is_in_the_default_set() => Assert.Equal(s_containers, Containers(Plan()).Where(name => name.StartsWith("ironic", StringComparison.Ordinal)).Order());

    [Fact]
    public void Without_Ironic_nothing_of_it_is_left()
    {
        var without = Plan("enable_ironic = false\nenable_ironic_inspector = false\n");
        Assert.Empty(without.Findings());
        Assert.DoesNotContain(Containers(without), name => name.Contains("ironic", StringComparison.Ordinal));
        Assert.DoesNotContain("ironic", ManifestJson.Write(without.Plan!.Nodes[0].Manifest), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_the_inspector_nothing_of_it_is_left_but_its_name_in_the_conductors_file()
    {
        var without = Plan("enable_ironic_inspector = false\n");
        Assert.Empty(without.Findings());
        Assert.Equal(s_containers.Where(name => !name.Contains("inspector", StringComparison.Ordinal)), Containers(without).Where(name => name.StartsWith("ironic", StringComparison.Ordinal)).Order());
        var manifest = without.Plan!.Nodes[0].Manifest;
        Assert.DoesNotContain(manifest.Files.Directories, directory => directory.Path.Contains("inspector", StringComparison.Ordinal));
        Assert.All(
            manifest.Files.Files.Where(file => file.Content.Contains("inspector", StringComparison.Ordinal)),
            file => Assert.Equal("/var/lib/config-data/ironic/etc/ironic/ironic.conf", file.Path));
        Assert.DoesNotContain(manifest.Cloud[Planner.IdentityStep].Services, service => service.Type == "baremetal-introspection");
    }

    [Fact]
    public void A_role_without_Ironic_has_no_findings_about_it()
    {
        var inputs = CollectionPlan.Inputs();
        Assert.Empty(StackPlanner.Plan(inputs with { Roles = new("roles.yaml", "- name: Undercloud\n  ServicesDefault: [OS::TripleO::Services::UndercloudHost]\n") }).Findings());
    }

    [Fact]
    public void Hardware_types_are_as_the_operator_says_and_bring_their_interfaces()
    {
        var options = Plan("enabled_hardware_types = ipmi,redfish,ilo,idrac\n").ConductorSection("DEFAULT");
        Assert.Contains("enabled_hardware_types = idrac,ilo,ipmi,redfish", options);
        Assert.Contains("enabled_power_interfaces = fake,idrac,ilo,ipmitool,redfish", options);
        Assert.Contains("enabled_management_interfaces = fake,idrac,ilo,ipmitool,noop,redfish", options);
        Assert.Contains("enabled_boot_interfaces = ilo-pxe,ipxe,pxe", options);
        Assert.Contains("enabled_inspect_interfaces = idrac,ilo,inspector,no-inspect,redfish", options);
        Assert.Contains("default_inspect_interface = inspector", options);
        Assert.Contains("enabled_network_interfaces = flat", options);
    }

    [Fact]
    public void With_epoxy_iDRAC_is_reached_over_Redfish_alone()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Release = "epoxy" });
        Assert.Empty(result.Findings());
        var options = result.ConductorSection("DEFAULT");
        Assert.Contains("enabled_hardware_types = idrac,ilo,ipmi,redfish", options);
        foreach (var kind in new[] { "inspect", "management", "power", "raid", "vendor" })
            Assert.Equal((true, false), (Listed(options, $"enabled_{kind}_interfaces").Contains("idrac-redfish"), Listed(options, $"enabled_{kind}_interfaces").Contains("idrac")));
    }

    [Theory]
    [InlineData("zed", "IronicEnabledPowerInterfaces: [ipmitool, impitool]", "own.yaml:2:3: error CFG070: IronicEnabledPowerInterfaces has impitool, which the Ironic of zed does not have: its conductor would not start.\n  Did you mean ipmitool?")]
    [InlineData("zed", "IronicEnabledHardwareTypes: 'ipmi, staging-ovirt'", "own.yaml:2:3: error CFG070: IronicEnabledHardwareTypes has staging-ovirt")]
    [InlineData("zed", "IronicDefaultDeployInterface: iscsi9", "own.yaml:2:3: error CFG070: IronicDefaultDeployInterface has iscsi9")]
    [InlineData("zed", "IronicConfigOverrides: {ironic.conf: {DEFAULT: {enabled_raid_interfaces: 'no-raid,nosuch'}}}", "own.yaml:2:3: error CFG070: enabled_raid_interfaces in IronicConfigOverrides has nosuch")]
    [InlineData("zed", "ExtraConfig: {'ironic::drivers::interfaces::enabled_bios_interfaces': [no-bios, nosuch]}", "own.yaml:2:17: error CFG070: ironic::drivers::interfaces::enabled_bios_interfaces has nosuch")]
    [InlineData("zed", "ExtraConfig: {'ironic::conductor::enabled_hardware_types': [ipmi, nosuch]}", "own.yaml:2:17: error CFG070: ironic::conductor::enabled_hardware_types has nosuch")]
    [InlineData("epoxy", "IronicEnabledPowerInterfaces: [ipmitool, idrac]", "own.yaml:2:3: error CFG070: IronicEnabledPowerInterfaces has idrac, which the Ironic of epoxy does not have")]
    [InlineData("zed", "IronicEnabledPowerInterfaces: [ipmitool, redfish, idrac, ilo]", "")]
    [InlineData("zed", "IronicEnabledHardwareTypes: [pxe_drac]", "own.yaml:2:3: error CFG070: IronicEnabledHardwareTypes has pxe_drac, which the Ironic of zed does not have: its conductor would not start.\n  It is a classic driver. Write idrac.")]
    [InlineData("zed", "IronicEnabledHardwareTypes: []", "own.yaml:2:3: error CFG070: enabled_hardware_types of ironic.conf would be empty: Ironic's conductor would not start.")]
    [InlineData("zed", "IronicEnabledRaidInterfaces: ''", "own.yaml:2:3: error CFG070: enabled_raid_interfaces of ironic.conf would be empty")]
    [InlineData("zed", "IronicEnabledDeployInterfaces: [iscsi]", "own.yaml:2:3: error CFG070: enabled_deploy_interfaces of ironic.conf would be empty")]
    [InlineData("zed", "IronicConfigOverrides: {ironic.conf: {DEFAULT: {enabled_bios_interfaces: ''}}}", "own.yaml:2:3: error CFG070: enabled_bios_interfaces of ironic.conf would be empty")]
    [InlineData("zed", "IronicDefaultDeployInterface: iscsi", "own.yaml:2:3: error CFG070: default_deploy_interface of ironic.conf would be iscsi, which is not among enabled_deploy_interfaces (direct): Ironic's conductor would not start.\n  Name one of those, or enable it too.")]
    [InlineData("zed", "IronicDefaultNetworkInterface: neutron", "own.yaml:2:3: error CFG070: default_network_interface of ironic.conf would be neutron, which is not among enabled_network_interfaces (flat)")]
    [InlineData("zed", "IronicEnabledNetworkInterfaces: [neutron]", "own.yaml:2:3: error CFG070: default_network_interface of ironic.conf would be flat, which is not among enabled_network_interfaces (neutron)")]
    [InlineData("zed", "IronicDefaultRescueInterface: agent", "")]
    [InlineData("zed", "IronicConfigOverrides: {ironic.conf: {DEFAULT: {default_boot_interface: ilo-virtual-media}}}", "own.yaml:2:3: error CFG070: default_boot_interface of ironic.conf would be ilo-virtual-media")]
    [InlineData("zed", "ExtraConfig: {'ironic::drivers::interfaces::default_network_interface': neutron}", "own.yaml:2:17: error CFG070: default_network_interface of ironic.conf would be neutron")]
    [InlineData("zed", "IronicEnabledDeployInterfaces: 'direct,iscsi,ansible'", "")]
    public void Names_in_environments_and_hieradata_are_those_that_Ironic_has(string release, string parameter, string finding)
    {
        var inputs = CollectionPlan.Inputs() with { Release = release, Environments = [new("own.yaml", $"parameter_defaults:\n  {parameter}\n")] };
        var result = StackPlanner.Plan(inputs);
        if (finding.Length == 0)
            Assert.Empty(result.Findings());
        else
            Assert.StartsWith(finding, Assert.Single(result.Findings()), StringComparison.Ordinal);
        Assert.NotNull(StackPlanner.Plan(inputs with { Validations = false }).Plan);
    }

    [Fact]
    public void Classic_drivers_become_hardware_types_with_their_interfaces()
    {
        var plan = Plan("enabled_hardware_types = pxe_ipmitool,pxe_drac,ipmi\nenable_node_discovery = true\ndiscovery_default_driver = pxe_ilo\n");
        Assert.Empty(plan.Findings());
        Assert.Contains("enabled_hardware_types = idrac,ilo,ipmi", plan.ConductorSection("DEFAULT"));
        Assert.Contains("idrac", Listed(plan.ConductorSection("DEFAULT"), "enabled_power_interfaces"));
        Assert.Contains("enroll_node_driver = ilo", plan.Section("inspector.conf", "discovery"));
    }

    [Fact]
    public void A_type_that_epoxy_dropped_is_an_error_at_its_option() => Assert.StartsWith(
        "undercloud.conf:2:26: error CFG070: enabled_hardware_types has xclarity, which the Ironic of epoxy does not have",
        Assert.Single(StackPlanner.Plan(CollectionPlan.Inputs("enabled_hardware_types = ipmi,xclarity\n") with { Release = "epoxy" }).Findings()), StringComparison.Ordinal);

    [Fact]
    public void Without_Ironic_nobody_asks_for_its_names() => Assert.DoesNotContain(
        StackPlanner.Plan(CollectionPlan.Inputs("enable_ironic = false\nenable_ironic_inspector = false\n") with { Environments = [new("own.yaml", "parameter_defaults: {IronicEnabledPowerInterfaces: [nosuch]}\n")] }).Findings(),
        finding => finding.Contains("CFG070", StringComparison.Ordinal));

    [Fact]
    public void Ways_to_deploy_that_this_Ironic_has_not_are_left_out() => Assert.Contains("enabled_deploy_interfaces = direct", Plan().ConductorSection("DEFAULT"));

    [Fact]
    public void Fake_hardware_brings_what_it_can_do()
    {
        var options = Plan("enabled_hardware_types = ipmi,fake-hardware\n").ConductorSection("DEFAULT");
        foreach (var kind in new[] { "bios", "boot", "console", "deploy", "inspect", "management", "power", "raid", "rescue", "storage", "vendor" })
            Assert.Contains("fake", Listed(options, $"enabled_{kind}_interfaces"));
        Assert.Contains("noop", Listed(options, "enabled_network_interfaces"));
        Assert.DoesNotContain("fake", Listed(Plan().ConductorSection("DEFAULT"), "enabled_bios_interfaces"));
    }

    [Fact]
    public void Without_iPXE_nodes_boot_with_PXE()
    {
        var without = Plan("ipxe_enabled = false\n");
        Assert.DoesNotContain("ipxe", Listed(without.ConductorSection("DEFAULT"), "enabled_boot_interfaces"));
        Assert.Contains("dhcp-boot=pxelinux.0,,192.168.24.1", without.TextFile("dnsmasq.conf").Content.Split('\n'));
        Assert.Contains("ipa-inspection-callback-url=http://192.168.24.3:5050/v1/continue", without.TextFile("default").Content);
        Assert.DoesNotContain(without.Plan!.Nodes[0].Manifest.Files.Files, file => file.Path.EndsWith("inspector.ipxe", StringComparison.Ordinal));
    }

    [Fact]
    public void Disks_are_wiped_when_clean_nodes_says_so()
    {
        Assert.Contains("automated_clean = false", Plan().ConductorSection("conductor"));
        var cleaning = Plan("clean_nodes = true\n");
        Assert.Contains("automated_clean = true", cleaning.ConductorSection("conductor"));
        Assert.Contains("erase_devices_priority = 0", cleaning.ConductorSection("deploy"));
        Assert.Contains("erase_devices_metadata_priority = 10", cleaning.ConductorSection("deploy"));
    }

    [Fact]
    public void Nodes_under_inspection_get_addresses_of_their_range_and_boot_the_inspection()
    {
        var plan = Plan("inspection_interface = br-inspect\ninspection_iprange = 192.168.24.150,192.168.24.160\n");
        var lines = plan.TextFile("dnsmasq.conf").Content.Split('\n');
        Assert.Contains("interface=br-inspect", lines);
        Assert.Contains("dhcp-range=set:ctlplane-subnet,192.168.24.150,192.168.24.160,255.255.255.0,10m", lines);
        Assert.Contains("dhcp-option=tag:ctlplane-subnet,option:router,192.168.24.1", lines);
        Assert.Contains("dhcp-option=tag:ctlplane-subnet,option:mtu,1500", lines);
        Assert.Contains("dhcp-boot=tag:ipxe,http://192.168.24.1:8088/inspector.ipxe", lines);
        Assert.Contains("dhcp-boot=tag:efi,tag:!ipxe,snponly.efi,,192.168.24.1", lines);
        Assert.Contains("dhcp-boot=tag:!efi,tag:!ipxe,undionly.kpxe,,192.168.24.1", lines);
    }

    [Fact]
    public void Routes_of_a_subnet_come_with_its_router_since_a_client_that_gets_routes_takes_no_router()
    {
        var plan = Plan("[ctlplane-subnet]\nhost_routes = [{destination: 10.10.10.0/24, nexthop: 192.168.24.254}]\n");
        Assert.Contains(
            "dhcp-option=tag:ctlplane-subnet,option:classless-static-route,10.10.10.0/24,192.168.24.254,0.0.0.0/0,192.168.24.1",
            plan.TextFile("dnsmasq.conf").Content.Split('\n'));
    }

    [Fact]
    public void What_inspection_collects_is_as_the_options_say()
    {
        var script = Plan("undercloud_debug = false\ninspection_runbench = true\n").TextFile("inspector.ipxe").Content;
        Assert.StartsWith("#!ipxe\n", script);
        Assert.Contains("kernel --timeout 60000 http://192.168.24.1:8088/agent.kernel ipa-inspection-callback-url=http://192.168.24.3:5050/v1/continue", script);
        Assert.Contains("ipa-inspection-collectors=default,extra-hardware,numa-topology,logs", script);
        Assert.Contains("ipa-inspection-benchmarks=cpu,mem,disk ipa-inspection-dhcp-all-interfaces=1 ipa-collect-lldp=1", script);
        Assert.Contains("ipa-inspection-collectors=default,logs", Plan("inspection_extras = false\n").TextFile("inspector.ipxe").Content);
    }

    [Fact]
    public void An_unknown_node_becomes_one_of_Ironics_when_it_is_to_be_discovered()
    {
        Assert.DoesNotContain(Plan().Section("inspector.conf", "processing"), line => line.StartsWith("node_not_found_hook", StringComparison.Ordinal));
        var discovering = Plan("enable_node_discovery = true\ndiscovery_default_driver = irmc\n");
        Assert.Contains("node_not_found_hook = enroll", discovering.Section("inspector.conf", "processing"));
        Assert.Contains("enroll_node_driver = irmc", discovering.Section("inspector.conf", "discovery"));
        Assert.Contains("irmc", Listed(discovering.ConductorSection("DEFAULT"), "enabled_hardware_types"));
    }

    [Fact]
    public void The_inspector_asks_Ironic_before_its_DHCP_server_answers_anybody()
    {
        var containers = Plan().Plan!.Nodes[0].AllContainers.ToDictionary(spec => spec.Name);
        Assert.Contains("tripleo_ironic_api.service", containers["ironic_inspector"].DependsOn);
        Assert.Contains("tripleo_ironic_inspector.service", containers["ironic_inspector_dnsmasq"].DependsOn);
    }

    [Fact]
    public void A_network_of_IPv6_is_served_with_DHCPv6()
    {
        var plan = Plan("""
            local_ip = fd12:3456:789a:1::1/64
            undercloud_admin_host = fd12:3456:789a:1::3
            undercloud_public_host = fd12:3456:789a:1::2
            ipv6_address_mode = dhcpv6-stateful
            [ctlplane-subnet]
            cidr = fd12:3456:789a:1::/64
            gateway = fd12:3456:789a:1::1
            dhcp_start = fd12:3456:789a:1::10
            dhcp_end = fd12:3456:789a:1::20
            inspection_iprange = fd12:3456:789a:1::30,fd12:3456:789a:1::40

            """);
        var lines = plan.TextFile("dnsmasq.conf").Content.Split('\n');
        Assert.Contains("dhcp-range=set:ctlplane-subnet,fd12:3456:789a:1::30,fd12:3456:789a:1::40,64,10m", lines);
        Assert.Contains("dhcp-option=tag:ipxe,option6:bootfile-url,http://[fd12:3456:789a:1::1]:8088/inspector.ipxe", lines);
        Assert.Contains("dhcp-option=tag:!ipxe,option6:bootfile-url,tftp://[fd12:3456:789a:1::1]/snponly.efi", lines);
        Assert.Contains("ip_version = 6", plan.ConductorSection("pxe"));
        Assert.Contains("listen [fd12:3456:789a:1::1]:8088;", plan.TextFile("nginx.conf").Content);
    }

    private static PlanningResult Plan(string config = "") => StackPlanner.Plan(CollectionPlan.Inputs(config));

    private static IEnumerable<string> Containers(PlanningResult result) =>
        result.Plan!.Nodes[0].AllContainers.Select(spec => spec.Name);

    private static string[] Listed(string[] options, string option) =>
        options.Single(line => line.StartsWith($"{option} = ", StringComparison.Ordinal))[$"{option} = ".Length..].Split(',');
}

file static class ConductorFile
{
    // The API's file has the same name.
    public static string[] ConductorSection(this PlanningResult result, string section) =>
    [
        .. result.Plan!.Nodes[0].Manifest.Files.Files.Single(file => file.Path == "/var/lib/config-data/ironic/etc/ironic/ironic.conf").Content
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => line != $"[{section}]").Skip(1).TakeWhile(line => !line.StartsWith('[')),
    ];
}
