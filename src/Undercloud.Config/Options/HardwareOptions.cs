using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of bare metal nodes and of their inspection.</summary>
public static class HardwareOptions
{
    public static ConfigOption EnabledHardwareTypes { get; } = new("enabled_hardware_types", OptionTypes.ListOf(OptionTypes.Word),
        new ListValue(["ipmi", "redfish", "ilo", "idrac"]),
        "The hardware types that Ironic has. Its interfaces for power, management, boot, RAID and so on follow from them.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        FormerDefaults = [new(ConfigRelease.InstackPike, new ListValue(["ipmi", "redfish"]))],
        Computed =
        [
            "IronicEnabledHardwareTypes", "IronicEnabledBiosInterfaces", "IronicEnabledBootInterfaces",
            "IronicEnabledDeployInterfaces", "IronicEnabledInspectInterfaces", "IronicEnabledManagementInterfaces",
            "IronicEnabledPowerInterfaces", "IronicEnabledRaidInterfaces", "IronicEnabledVendorInterfaces",
        ],
    };

    public static ConfigOption EnabledDrivers { get; } = new("enabled_drivers", OptionTypes.ListOf(OptionTypes.Word),
        new ListValue(["pxe_ipmitool", "pxe_drac", "pxe_ilo"]),
        "The classic drivers that Ironic has.")
    {
        Releases = ConfigRelease.Instack | ConfigRelease.Queens,
        Effect = OptionEffect.None,
        Reason =
            "Ironic has had no classic drivers since rocky.",
        Instead =
            "Name hardware types in enabled_hardware_types: ipmi for pxe_ipmitool, idrac for pxe_drac, ilo for pxe_ilo.",
        Parameters = [new("IronicEnabledDrivers") { Releases = ConfigRelease.Queens }],
    };

    public static ConfigOption AdditionalArchitectures { get; } = new("additional_architectures",
        OptionTypes.ListOf(OptionTypes.OneOf("ppc64le")), ListValue.Empty,
        "Architectures of nodes besides x86_64. With ppc64le, ipxe_enabled has to be false.")
    {
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Computed = ["AdditionalArchitectures", "EnableArchitecturePPC64LE"],
    };

    public static ConfigOption IpxeEnabled { get; } = new("ipxe_enabled", OptionTypes.Boolean, true,
        "Whether nodes boot with iPXE rather than PXE.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["ipxe_deploy"],
        Parameters = [new("IronicIPXEEnabled"), new("IronicInspectorIPXEEnabled")],
    };

    public static ConfigOption CleanNodes { get; } = new("clean_nodes", OptionTypes.Boolean, false,
        "Whether the disks of a node are wiped between deployments and after its inspection.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [new("IronicAutomatedClean") { Releases = ConfigRelease.FromRocky }],
    };

    public static ConfigOption IronicDefaultNetworkInterface { get; } = new("ironic_default_network_interface",
        OptionTypes.OneOf("flat", "neutron"), "flat",
        "How a node's ports are attached when it does not say: all to one network, or each as Neutron says.")
    {
        Releases = ConfigRelease.FromTrain,
        Effect = OptionEffect.Applied,
        Computed = ["IronicDefaultNetworkInterface"],
    };

    public static ConfigOption IronicEnabledNetworkInterfaces { get; } = new("ironic_enabled_network_interfaces",
        OptionTypes.ListOf(OptionTypes.Word), new ListValue(["flat"]),
        "The ways to attach a node's ports that there are.")
    {
        Releases = ConfigRelease.FromTrain,
        Effect = OptionEffect.Applied,
        Computed = ["IronicEnabledNetworkInterfaces"],
    };

    public static ConfigOption InspectionInterface { get; } = new("inspection_interface", OptionTypes.Interface, "br-ctlplane",
        "The interface that answers nodes under inspection.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["discovery_interface"],
        Parameters = [new("IronicInspectorInterface")],
    };

    public static ConfigOption InspectionExtras { get; } = new("inspection_extras", OptionTypes.Boolean, true,
        "Whether inspection collects more about the hardware: details of its parts, NUMA topology, LLDP.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Computed = ["IronicInspectorCollectors", "IronicInspectorKernelArgs"],
    };

    public static ConfigOption InspectionRunbench { get; } = new("inspection_runbench", OptionTypes.Boolean, false,
        "Whether inspection runs benchmarks of processor, memory and disks. It needs inspection_extras.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["discovery_runbench"],
        Computed = ["IronicInspectorKernelArgs"],
    };

    public static ConfigOption InspectionEnableUefi { get; } = new("inspection_enable_uefi", OptionTypes.Boolean, true,
        "Whether nodes that boot with UEFI can be inspected.")
    {
        Releases = ConfigRelease.Instack | ConfigRelease.Queens,
        Effect = OptionEffect.None,
        SoAnyway = true,
        Reason =
            "They always can, since rocky.",
        Instead =
            "Take the line out.",
    };

    public static ConfigOption EnableNodeDiscovery { get; } = new("enable_node_discovery", OptionTypes.Boolean, false,
        "Whether an unknown node that boots for inspection becomes a node of Ironic.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Computed = ["IronicInspectorEnableNodeDiscovery", "IronicInspectorDiscoveryDefaultDriver"],
    };

    public static ConfigOption DiscoveryDefaultDriver { get; } = new("discovery_default_driver", OptionTypes.Word, "ipmi",
        "The hardware type of nodes that were discovered. It is always among the enabled ones.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        FormerDefaults = [new(ConfigRelease.InstackPike, "pxe_ipmitool")],
        Computed = ["IronicInspectorDiscoveryDefaultDriver", "IronicEnabledHardwareTypes"],
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        EnabledHardwareTypes, EnabledDrivers, AdditionalArchitectures, IpxeEnabled, CleanNodes, IronicDefaultNetworkInterface,
        IronicEnabledNetworkInterfaces, InspectionInterface, InspectionExtras, InspectionRunbench, InspectionEnableUefi,
        EnableNodeDiscovery, DiscoveryDefaultDriver,
    ];
}
