namespace Undercloud.Tests.Config.Checks;

public sealed class OptionsTogetherCheckTests
{
    private const string IPv6 = "local_ip = fd00::1/64\nundercloud_public_host = fd00::2\nundercloud_admin_host = fd00::3\n"
        + "[ctlplane-subnet]\ncidr = fd00::/64\ngateway = fd00::1\n";

    [Theory]
    [InlineData("local_mtu = 1000\n")]
    [InlineData("local_mtu = 1280\n" + IPv6)]
    [InlineData("additional_architectures = ppc64le\nipxe_enabled = false\n")]
    [InlineData("inspection_runbench = true\n")]
    [InlineData("inspection_extras = false\n")]
    [InlineData("undercloud_service_certificate = /etc/ssl/a.pem\n")]
    [InlineData("undercloud_service_certificate = /etc/ssl/a.pem\ngenerate_service_certificate = false\n")]
    [InlineData("generate_service_certificate = true\ncertificate_generation_ca = local\n")]
    [InlineData("enable_ironic = false\n")]
    [InlineData("enable_ironic = false\nenable_ironic_inspector = false\n")]
    [InlineData("enable_swift_encryption = true\n")]
    [InlineData("enable_node_discovery = true\ndiscovery_default_driver = redfish\n")]
    [InlineData("enabled_hardware_types = ipmi, idrac, fake-hardware\n")]
    [InlineData("ironic_default_network_interface = neutron\nironic_enabled_network_interfaces = flat, neutron\n")]
    [InlineData("enable_ironic = false\nenabled_hardware_types = nosuchtype\n")]
    [InlineData("discovery_default_driver = impi\n")]
    [InlineData("enable_ironic = false\nenabled_hardware_types =\n")]
    [InlineData("enable_ironic = false\nironic_default_network_interface = neutron\n")]
    [InlineData("enable_node_discovery = true\nenabled_hardware_types =\n")]
    [InlineData("ipv6_address_mode = dhcpv6-stateless\n" + IPv6)]
    [InlineData("masquerade_network = 192.168.24.0/24\n[ctlplane-subnet]\nmasquerade = true\n")]
    [InlineData("container_insecure_registries = registry.example.org, 10.0.0.1:8787, [fd00::1]:5000, 10.0.0.0/8, localhost:65535\n")]
    [InlineData("container_registry_mirror = https://mirror.example.org:5000/\n")]
    [InlineData("docker_registry_mirror = mirror.example.org:5000\n")]
    public void What_goes_together_is_right(string options) => Findings.None($"[DEFAULT]\n{options}");

    [Theory]
    [InlineData("local_mtu = 1279\n" + IPv6, "f:2:13: error CFG030: local_mtu is 1279, but IPv6 needs 1280 at least.\n  Set local_mtu = 1280 or more.")]
    [InlineData("additional_architectures = ppc64le\n", "f:2:28: warning CFG031: additional_architectures has ppc64le, whose nodes do not boot with iPXE, but "
        + "ipxe_enabled is true.\n  Set ipxe_enabled = false, or take ppc64le out.")]
    [InlineData("inspection_extras = false\ninspection_runbench = true\n", "f:3:23: error CFG032: inspection_runbench is true, but inspection_extras, which runs "
        + "the benchmarks, is false.\n  Set inspection_extras = true, or inspection_runbench = false.")]
    [InlineData("inspection_extras = false\ndiscovery_runbench = true\n", "f:3:22: error CFG032: inspection_runbench is true")]
    [InlineData("generate_service_certificate = true\nundercloud_service_certificate = a.pem\n", "f:2:32: warning CFG034: generate_service_certificate has no "
        + "effect, as undercloud_service_certificate wins over it.")]
    [InlineData("generate_service_certificate = false\ncertificate_generation_ca = IPA\n", "f:3:29: warning CFG033: certificate_generation_ca has no effect")]
    [InlineData("undercloud_service_certificate = a.pem\ncertificate_generation_ca = IPA\n", "f:3:29: warning CFG033: certificate_generation_ca has no effect")]
    [InlineData("enable_ironic = false\nenable_ironic_inspector = true\n", "f:3:27: warning CFG033: enable_ironic_inspector has no effect without enable_ironic, "
        + "which is false.\n  Set enable_ironic = true, or enable_ironic_inspector = false.")]
    [InlineData("enable_swift = false\nenable_swift_encryption = true\n", "f:3:27: warning CFG033: enable_swift_encryption has no effect without enable_swift")]
    [InlineData("enable_ironic_inspector = false\nenable_node_discovery = true\n", "f:3:25: warning CFG033: enable_node_discovery has no effect without enable_ironic_inspector")]
    [InlineData("enabled_hardware_types = ipmi, pxe_drac\n", "f:2:26: warning CFG035: enabled_hardware_types has pxe_drac, a classic driver; Ironic has had none since "
        + "rocky, so idrac is taken in its place.\n  Write idrac.")]
    [InlineData("enabled_hardware_types =\n", "error CFG070: enabled_hardware_types is empty: Ironic's conductor does not start without a hardware type.\n"
        + "  Set enabled_hardware_types = ipmi, redfish, or enable_ironic = false.")]
    [InlineData("discovery_default_driver = pxe_ipmitool\n", "f:2:28: warning CFG035: discovery_default_driver has pxe_ipmitool")]
    [InlineData("enabled_hardware_types = ipmi,nosuchtype\n", "f:2:26: error CFG070: enabled_hardware_types has nosuchtype, a hardware type that Ironic does not have.\n"
        + "  There are ipmi, redfish, idrac, ilo, ilo5, irmc, snmp, intel-ipmi, manual-management, fake-hardware, xclarity, ibmc.")]
    [InlineData("enabled_hardware_types = ipmi,staging-ovirt\n", "f:2:26: error CFG070: enabled_hardware_types has staging-ovirt, a hardware type that Ironic does not have.\n"
        + "  It is one of the ironic-staging-drivers, which the images do not have. Take it out.")]
    [InlineData("enabled_hardware_types = ipmi,cisco-ucs-managed\n", "no driver of its own for Cisco UCS")]
    [InlineData("enable_node_discovery = true\ndiscovery_default_driver = impi\n", "f:3:28: error CFG070: discovery_default_driver has impi, a hardware type that Ironic does not "
        + "have.\n  Did you mean ipmi?")]
    [InlineData("ironic_enabled_network_interfaces = flat,bogus\n", "f:2:37: error CFG070: ironic_enabled_network_interfaces has bogus, a network interface that Ironic does not "
        + "have.\n  There are flat, neutron, noop.")]
    [InlineData("ironic_default_network_interface = neutron\n", "f:2:36: error CFG036: ironic_default_network_interface is neutron, which is not among "
        + "ironic_enabled_network_interfaces.\n  Set ironic_enabled_network_interfaces = flat, neutron.")]
    [InlineData("ipv6_address_mode = dhcpv6-stateful\n", "f:2:21: warning CFG033: ipv6_address_mode has no effect, as no subnet is an IPv6 network.")]
    [InlineData(IPv6 + "masquerade = true\n", "f:8:14: warning CFG029: masquerade of [ctlplane-subnet] hides the IPv6 network fd00::/64 behind the undercloud's own address.")]
    [InlineData("masquerade_network = fd00::/64\n", "f:2:22: warning CFG029: masquerade_network hides the IPv6 network fd00::/64 behind the undercloud's own address.")]
    [InlineData("container_insecure_registries = http://registry.example.org:5000/\n", "f:2:33: error CFG037: container_insecure_registries has "
        + "'http://registry.example.org:5000/', which is a URL.\n  Write registry.example.org:5000.")]
    [InlineData("docker_insecure_registries = registry.example.org:65536\n", "f:2:30: error CFG037: docker_insecure_registries has 'registry.example.org:65536', "
        + "which has no port from 1 to 65535 after its host.")]
    [InlineData("container_insecure_registries = ['10.0.0.1:8787']\n", "Write 10.0.0.1:8787, without brackets and quotes.")]
    [InlineData("container_insecure_registries = registry.example.org:0\n", "which has no port from 1 to 65535 after its host.")]
    [InlineData("container_insecure_registries = fd00::1\n", "error CFG037")]
    [InlineData("container_insecure_registries = [fd00::g]:5000\n", "which is not an IPv6 address in brackets.")]
    [InlineData("container_registry_mirror = https://mirror_example:5000\n", "which does not begin with a host's name or address.")]
    [InlineData("container_registry_mirror = https://\n", "which does not begin with a host's name or address.")]
    public void What_does_not_go_together_is_a_finding(string options, string finding) =>
        Assert.Contains(finding, Findings.Only($"[DEFAULT]\n{options}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("enable_ironic_inspector = false\n[ctlplane-subnet]\ninspection_iprange =\n", "f:4:21: warning CFG008: inspection_iprange is '', which")]
    [InlineData("enable_ironic_inspector = false\ninspection_iprange = what\n", "It has no effect, as enable_ironic_inspector is false.")]
    [InlineData("enable_ironic = false\nenable_ironic_inspector = false\ndiscovery_iprange = 192.168.24.120,192.168.24.100\n", "It has no effect, as enable_ironic is false.")]
    [InlineData("enable_ironic = false\nenabled_hardware_types = a b\n", "warning CFG008: enabled_hardware_types")]
    [InlineData("discovery_default_driver = a b\n", "It has no effect, as enable_node_discovery is false.")]
    public void A_wrong_value_without_effect_is_a_warning(string options, string finding)
    {
        var found = Findings.Only($"[DEFAULT]\n{options}");
        Assert.Contains(finding, found, StringComparison.Ordinal);
        Assert.Contains("warning CFG008", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("additional_architectures = ppc64le\nipxe_enabled = maybe\n")]
    [InlineData("inspection_extras = maybe\ninspection_runbench = true\n")]
    [InlineData("enable_ironic = maybe\nenable_ironic_inspector = true\n")]
    [InlineData("undercloud_service_certificate = a.pem\ngenerate_service_certificate = maybe\n")]
    [InlineData("ironic_default_network_interface = neutron\nironic_enabled_network_interfaces = a b\n")]
    public void What_cannot_be_read_brings_no_other_finding(string options) =>
        Assert.Contains("error CFG008", Findings.Only($"[DEFAULT]\n{options}"), StringComparison.Ordinal);
}
