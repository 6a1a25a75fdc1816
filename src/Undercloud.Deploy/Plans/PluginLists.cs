using System.Collections.Immutable;

namespace Undercloud.Deploy.Plans;

/// <summary>The plugins that the services of the images can load, besides Ironic's drivers (<see cref="Undercloud.Config.HardwareSupport"/>).</summary>
/// <remarks>
/// The entry points of Neutron 21 and networking-baremetal 6.0, glance_store 4.1 and Ironic Inspector 11.1 (zed), of Neutron 26,
/// networking-baremetal 6.5, glance_store 4.9 and Ironic Inspector 12.4 (epoxy), without those for tests; the filters of Nova 26 and 31. The consequence
/// of an unknown name follows stevedore and each service: neutron/plugins/ml2/managers.py, neutron/manager.py,
/// neutron/agent/common/utils.py, nova/scheduler/host_manager.py, glance_store/multi_backend.py, ironic_inspector/plugins/base.py.
/// </remarks>
internal static class PluginLists
{
    /// <summary>Nova's function that names all its filters.</summary>
    public const string AllFilters = "nova.scheduler.filters.all_filters";

    private const string Server = "its server would not start";
    private const string Interfaces = "the agent would not start";
    private const string Without = "it would go on without";
    private const string Types = "flat geneve gre local vlan vxlan";

    /// <summary>The filters that Nova applies to hosts.</summary>
    public static PluginList EnabledFilters { get; } = new(
        "nova_scheduler", "nova.conf", "filter_scheduler", "enabled_filters", "NovaSchedulerDefaultFilters", "ContainerNovaSchedulerImage", "Nova", "its scheduler would not start")
    {
        Both = "DifferentHostFilter SameHostFilter SimpleCIDRAffinityFilter ServerGroupAntiAffinityFilter ServerGroupAffinityFilter "
            + "AggregateImagePropertiesIsolation AggregateInstanceExtraSpecsFilter AggregateMultiTenancyIsolation AllHostsFilter ComputeCapabilitiesFilter "
            + "ComputeFilter ImagePropertiesFilter IoOpsFilter AggregateIoOpsFilter IsolatedHostsFilter JsonFilter MetricsFilter NumInstancesFilter "
            + "AggregateNumInstancesFilter NUMATopologyFilter PciPassthroughFilter AggregateTypeAffinityFilter",
        Zed = "AvailabilityZoneFilter",
    };

    /// <summary>The sources of filters.</summary>
    public static PluginList AvailableFilters { get; } =
        EnabledFilters with { Option = "available_filters", Parameter = "NovaSchedulerAvailableFilters", Both = AllFilters, Zed = "", TakesClasses = true };

    /// <summary>Glance's stores, each with its name before it.</summary>
    public static PluginList Stores { get; } =
        new("glance_api", "glance-api.conf", "DEFAULT", "enabled_backends", "", "ContainerGlanceApiImage", "Glance", Without) { IsFatal = false, Both = "cinder file http rbd s3 swift vmware" };

    /// <summary>All of them.</summary>
    public static ImmutableArray<PluginList> All { get; } =
    [
        Neutron("neutron.conf", "DEFAULT", "core_plugin", "NeutronCorePlugin") with { Both = "ml2", TakesClasses = true },
        Neutron("neutron.conf", "DEFAULT", "service_plugins", "NeutronServicePlugins") with
        {
            Both = "auto_allocate conntrack_helper flavors local_ip log loki metering ndp_proxy network_ip_availability network_segment_range ovn-router "
                + "placement port_forwarding qos revisions router segments tag timestamp trunk",
            TakesClasses = true,
        },
        Ml2("mechanism_drivers", "NeutronMechanismDrivers") with { Both = "baremetal l2population macvtap openvswitch ovn ovn-sync sriovnicswitch", Zed = "linuxbridge" },
        Ml2("tenant_network_types", "NeutronNetworkType") with { Both = Types },
        Ml2("type_drivers", "NeutronTypeDrivers") with { Both = Types, IsFatal = false, Consequence = Without },
        Ml2("extension_drivers", "NeutronPluginExtensions") with
        {
            Both = "data_plane_status dns dns_domain_keywords dns_domain_ports port_device_profile port_numa_affinity_policy port_security qos "
                + "subnet_dns_publish_fixed_ip tag_ports_during_bulk_creation uplink_status_propagation",
            Epoxy = "port_hardware_offload_type port_hint_ovs_tx_steering port_hints port_trusted uplink_status_propagation_updatable",
            IsFatal = false,
            Consequence = Without,
        },
        Agent("neutron_ovs_agent", "openvswitch_agent.ini", "securitygroup", "firewall_driver", "NeutronOVSFirewallDriver", "ContainerOpenvswitchImage") with
        {
            Both = "iptables iptables_hybrid noop openvswitch",
            TakesClasses = true,
        },
        Agent("neutron_ovs_agent", "openvswitch_agent.ini", "agent", "extensions", "NeutronAgentExtensions", "ContainerOpenvswitchImage") with
        {
            Both = "dhcp fdb local_ip log qos",
            Epoxy = "metadata_path",
            IsFatal = false,
            Consequence = Without,
        },
        Agent("neutron_dhcp", "dhcp_agent.ini", "DEFAULT", "interface_driver", "NeutronInterfaceDriver", "ContainerNeutronDHCPImage"),
        Agent("neutron_l3", "l3_agent.ini", "DEFAULT", "interface_driver", "NeutronInterfaceDriver", "ContainerNeutronL3AgentImage"),
        AvailableFilters,
        EnabledFilters,
        Stores,
        Stores with
        {
            Option = "enabled_import_methods",
            Parameter = "GlanceEnabledImportMethods",
            Both = "copy-image glance-direct glance-download web-download",
            Consequence = "no image can be imported so",
        },
        new("ironic_inspector", "inspector.conf", "processing", "processing_hooks", "IronicInspectorExtraProcessingHooks", "ContainerIronicInspectorImage", "Ironic Inspector",
            "it would not start")
        {
            Both = "accelerators capabilities extra_hardware lldp_basic local_link_connection pci_devices physnet_cidr_map raid_device ramdisk_error root_disk_selection "
                + "scheduler validate_interfaces example",
        },
    ];

    /// <summary>What became of a name of earlier releases; null for a name that is merely wrong.</summary>
    public static string? Gone(string name) => name switch
    {
        "RetryFilter" => "Nova tries the next host by itself. Take it out.",
        "RamFilter" or "CoreFilter" or "DiskFilter" or "AggregateRamFilter" or "AggregateCoreFilter" or "AggregateDiskFilter"
            or "ExactRamFilter" or "ExactCoreFilter" or "ExactDiskFilter" => "Placement counts processors, memory and disks. Take it out.",
        "AvailabilityZoneFilter" => "Placement keeps to availability zones. Take it out.",
        "TripleOCapabilitiesFilter" => "The images do not have tripleo-common. Take it out: ComputeCapabilitiesFilter compares capabilities.",
        "tripleo_common.filters.list.tripleo_filters" => $"The images do not have tripleo-common. Leave it out, or write {AllFilters}.",
        "linuxbridge" => "Neutron has no linuxbridge any more. Write openvswitch.",
        _ => null,
    };

    private static PluginList Neutron(string file, string section, string option, string parameter) =>
        new("neutron_api", file, section, option, parameter, "ContainerNeutronApiImage", "Neutron", Server) { Both = "" };

    private static PluginList Ml2(string option, string parameter) => Neutron("ml2_conf.ini", "ml2", option, parameter) with { Service = "neutron_plugin_ml2" };

    private static PluginList Agent(string service, string file, string section, string option, string parameter, string image) =>
        new(service, file, section, option, parameter, image, "Neutron", Interfaces) { Both = "null openvswitch", Zed = "linuxbridge", TakesClasses = true };
}
