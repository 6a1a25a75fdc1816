using Undercloud.Deploy.Plans;

namespace Undercloud.Tests.Deploy;

/// <summary>Names of what services load, where an operator can say them.</summary>
public sealed class PluginTests
{
    [Theory]
    [InlineData("zed", "NeutronMechanismDrivers: [openvswitch, baremetl]",
        "own.yaml:2:3: error CFG071: NeutronMechanismDrivers has baremetl, which the Neutron of zed does not have: its server would not start.\n  Did you mean baremetal?")]
    [InlineData("zed", "NeutronServicePlugins: 'router,segmnts'", "own.yaml:2:3: error CFG071: NeutronServicePlugins has segmnts")]
    [InlineData("zed", "NeutronServicePlugins: 'router,segments,networking_bgpvpn.neutron.services.plugin.BGPVPNPlugin'", "own.yaml:2:3: error CFG071: NeutronServicePlugins has networking_bgpvpn.")]
    [InlineData("zed", "NeutronServicePlugins: 'neutron.services.l3_router.l3_router_plugin.L3RouterPlugin,segments,trunk,qos'", "")]
    [InlineData("zed", "NeutronCorePlugin: ml3", "own.yaml:2:3: error CFG071: NeutronCorePlugin has ml3")]
    [InlineData("zed", "NeutronTypeDrivers: [local, flat, vlan, gre, vxlan, vlxan]", "own.yaml:2:3: warning CFG071: NeutronTypeDrivers has vlxan, which the Neutron of zed does not have: it would go on without.")]
    [InlineData("zed", "NeutronTypeDrivers: [flat, vlan, gre, vxlan]",
        "own.yaml:2:3: error CFG071: tenant_network_types of ml2_conf.ini would have local, which is not among type_drivers (flat, vlan, gre, vxlan): its server would not start.")]
    [InlineData("zed", "NeutronNetworkType: [flat, vxlam]", "own.yaml:2:3: error CFG071: NeutronNetworkType has vxlam")]
    [InlineData("zed", "NeutronPluginExtensions: [port_security, port_hints]", "own.yaml:2:3: warning CFG071: NeutronPluginExtensions has port_hints")]
    [InlineData("epoxy", "NeutronPluginExtensions: [port_security, port_hints]", "")]
    [InlineData("zed", "NeutronOVSFirewallDriver: iptables_hybird", "own.yaml:2:3: error CFG071: NeutronOVSFirewallDriver has iptables_hybird")]
    [InlineData("zed", "NeutronInterfaceDriver: openvswich", "own.yaml:2:3: error CFG071: NeutronInterfaceDriver has openvswich, which the Neutron of zed does not have: the agent would not start.")]
    [InlineData("zed", "NeutronMechanismDrivers: [linuxbridge]", "")]
    [InlineData("epoxy", "NeutronMechanismDrivers: [linuxbridge]", "own.yaml:2:3: error CFG071: NeutronMechanismDrivers has linuxbridge, which the Neutron of epoxy does not have: its server would not start.\n  Neutron has no linuxbridge any more. Write openvswitch.")]
    [InlineData("zed", "NeutronConfigOverrides: {ml2_conf.ini: {ml2: {mechanism_drivers: 'openvswitch,nosuch'}}}", "own.yaml:2:3: error CFG071: mechanism_drivers in NeutronConfigOverrides has nosuch")]
    [InlineData("zed", "ExtraConfig: {'neutron::service_plugins': [router, nosuch]}", "own.yaml:2:17: error CFG071: neutron::service_plugins has nosuch")]
    [InlineData("zed", "NovaSchedulerDefaultFilters: [RetryFilter, ComputeFilter]",
        "own.yaml:2:3: error CFG071: NovaSchedulerDefaultFilters has RetryFilter, which the Nova of zed does not have: its scheduler would not start.\n  Nova tries the next host by itself. Take it out.")]
    [InlineData("zed", "NovaSchedulerDefaultFilters: [AvailabilityZoneFilter, ComputeFilter, ComputeCapabilitiesFilter]", "")]
    [InlineData("epoxy", "NovaSchedulerDefaultFilters: [AvailabilityZoneFilter]", "own.yaml:2:3: error CFG071: NovaSchedulerDefaultFilters has AvailabilityZoneFilter")]
    [InlineData("zed", "NovaSchedulerAvailableFilters: [nova.scheduler.filters.all_filters]", "")]
    [InlineData("zed", "NovaSchedulerAvailableFilters: [tripleo_common.filters.list.tripleo_filters]", "own.yaml:2:3: error CFG071: NovaSchedulerAvailableFilters has tripleo_common.")]
    [InlineData("zed", "GlanceEnabledImportMethods: [web-download, web-downlod]", "own.yaml:2:3: warning CFG071: GlanceEnabledImportMethods has web-downlod")]
    [InlineData("zed", "GlanceConfigOverrides: {glance-api.conf: {DEFAULT: {enabled_backends: 'file:file,more:swfit'}}}", "own.yaml:2:3: warning CFG071: enabled_backends in GlanceConfigOverrides has swfit")]
    [InlineData("zed", "GlanceConfigOverrides: {glance-api.conf: {DEFAULT: {enabled_backends: 'fast:file'}, glance_store: {default_backend: fast}}}", "")]
    [InlineData("zed", "GlanceConfigOverrides: {glance-api.conf: {DEFAULT: {enabled_backends: 'fast:file'}}}",
        "own.yaml:2:3: error CFG071: default_backend of glance-api.conf would be file, which is no store among enabled_backends (fast): Glance would not start.")]
    [InlineData("zed", "IronicInspectorExtraProcessingHooks: 'extra_hardware,lldp_basc'", "own.yaml:2:3: error CFG071: IronicInspectorExtraProcessingHooks has lldp_basc")]
    public void Names_of_plugins_are_those_that_the_services_of_the_release_have(string release, string parameter, string finding)
    {
        var inputs = CollectionPlan.Inputs() with { Release = release, Environments = [new("own.yaml", $"parameter_defaults:\n  {parameter}\n")] };
        var result = StackPlanner.Plan(inputs);
        if (finding.Length == 0)
            Assert.Empty(result.Findings());
        else
            Assert.StartsWith(finding, Assert.Single(result.Findings()), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_validations_it_is_a_warning()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Validations = false, Environments = [new("own.yaml", "parameter_defaults: {NeutronMechanismDrivers: [ours]}\n")] });
        Assert.Contains("warning CFG071", Assert.Single(result.Findings()));
        Assert.NotNull(result.Plan);
    }

    [Fact]
    public void A_filter_of_a_package_of_ones_own_is_not_judged()
    {
        var result = Plan("NovaSchedulerAvailableFilters: [nova.scheduler.filters.all_filters, ours.filters.all]\n  NovaSchedulerDefaultFilters: [ComputeFilter, OurFilter]");
        Assert.Contains("NovaSchedulerAvailableFilters has ours.filters.all", Assert.Single(result.Findings()));
    }

    [Theory]
    [InlineData("NeutronMechanismDrivers: [openvswitch, ours]\n  ContainerNeutronApiImage: registry.example/neutron:1")]
    [InlineData("IronicEnabledHardwareTypes: [ipmi, ours]\n  ContainerIronicConductorImage: registry.example/ironic:1")]
    public void A_name_may_be_right_in_an_image_that_is_not_the_tools_own(string parameters)
    {
        var image = parameters.Split(' ')[^1];
        var inputs = CollectionPlan.Inputs();
        var result = StackPlanner.Plan(inputs with
        {
            Environments = [new("own.yaml", $"parameter_defaults:\n  {parameters}\n")],
            ImageIds = new Dictionary<string, string>(inputs.ImageIds) { [image] = "sha256:1" },
        });
        Assert.Contains("warning CFG07", Assert.Single(result.Findings()));
        Assert.NotNull(result.Plan);
    }

    [Fact]
    public void The_collections_own_names_are_all_there()
    {
        foreach (var release in new[] { "zed", "epoxy" })
            Assert.Empty(StackPlanner.Plan(CollectionPlan.Inputs() with { Release = release }).Findings());
    }

    private static PlanningResult Plan(string parameters) =>
        StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", $"parameter_defaults:\n  {parameters}\n")] });
}
