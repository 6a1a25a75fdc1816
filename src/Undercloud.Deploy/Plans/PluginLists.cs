using System.Collections.Immutable;

namespace Undercloud.Deploy.Plans;

/// <summary>The options that list plugins, besides those of Ironic's drivers (<see cref="Undercloud.Config.HardwareSupport"/>); the names are in the file of the release.</summary>
/// <remarks>
/// The consequence of an unknown name follows stevedore and each service: neutron/plugins/ml2/managers.py, neutron/manager.py,
/// neutron/agent/common/utils.py, nova/scheduler/host_manager.py, glance_store/multi_backend.py, ironic_inspector/plugins/base.py.
/// </remarks>
internal static class PluginLists
{
    /// <summary>Nova's function that names all its filters.</summary>
    public const string AllFilters = "nova.scheduler.filters.all_filters";

    private const string Server = "its server would not start";
    private const string Interfaces = "the agent would not start";
    private const string Without = "it would go on without";

    /// <summary>The filters that Nova applies to hosts.</summary>
    public static PluginList EnabledFilters { get; } = new(
        "nova_scheduler", "nova.conf", "filter_scheduler", "enabled_filters", "NovaSchedulerDefaultFilters", "ContainerNovaSchedulerImage", "Nova", "its scheduler would not start");

    /// <summary>The sources of filters.</summary>
    public static PluginList AvailableFilters { get; } =
        EnabledFilters with { Option = "available_filters", Parameter = "NovaSchedulerAvailableFilters", TakesClasses = true };

    /// <summary>Glance's stores, each with its name before it.</summary>
    public static PluginList Stores { get; } =
        new("glance_api", "glance-api.conf", "DEFAULT", "enabled_backends", "", "ContainerGlanceApiImage", "Glance", Without) { IsFatal = false };

    /// <summary>All of them.</summary>
    public static ImmutableArray<PluginList> All { get; } =
    [
        Neutron("neutron.conf", "DEFAULT", "core_plugin", "NeutronCorePlugin") with { TakesClasses = true },
        Neutron("neutron.conf", "DEFAULT", "service_plugins", "NeutronServicePlugins") with { TakesClasses = true },
        Ml2("mechanism_drivers", "NeutronMechanismDrivers"),
        Ml2("tenant_network_types", "NeutronNetworkType"),
        Ml2("type_drivers", "NeutronTypeDrivers") with { IsFatal = false, Consequence = Without },
        Ml2("extension_drivers", "NeutronPluginExtensions") with { IsFatal = false, Consequence = Without },
        Agent("neutron_ovs_agent", "openvswitch_agent.ini", "securitygroup", "firewall_driver", "NeutronOVSFirewallDriver", "ContainerOpenvswitchImage") with { TakesClasses = true },
        Agent("neutron_ovs_agent", "openvswitch_agent.ini", "agent", "extensions", "NeutronAgentExtensions", "ContainerOpenvswitchImage") with { IsFatal = false, Consequence = Without },
        Agent("neutron_dhcp", "dhcp_agent.ini", "DEFAULT", "interface_driver", "NeutronInterfaceDriver", "ContainerNeutronDHCPImage"),
        Agent("neutron_l3", "l3_agent.ini", "DEFAULT", "interface_driver", "NeutronInterfaceDriver", "ContainerNeutronL3AgentImage"),
        AvailableFilters,
        EnabledFilters,
        Stores,
        Stores with
        {
            Option = "enabled_import_methods",
            Parameter = "GlanceEnabledImportMethods",
            Consequence = "no image can be imported so",
        },
        new("ironic_inspector", "inspector.conf", "processing", "processing_hooks", "IronicInspectorExtraProcessingHooks", "ContainerIronicInspectorImage", "Ironic Inspector",
            "it would not start"),
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
        new("neutron_api", file, section, option, parameter, "ContainerNeutronApiImage", "Neutron", Server);

    private static PluginList Ml2(string option, string parameter) => Neutron("ml2_conf.ini", "ml2", option, parameter) with { Service = "neutron_plugin_ml2" };

    private static PluginList Agent(string service, string file, string section, string option, string parameter, string image) =>
        new(service, file, section, option, parameter, image, "Neutron", Interfaces) { TakesClasses = true };
}
