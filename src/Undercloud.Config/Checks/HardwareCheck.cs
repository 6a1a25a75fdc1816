using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Hardware types and network interfaces are those that Ironic has, and the default way to attach a node is one that is enabled.</summary>
internal static class HardwareCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var option in new[] { HardwareOptions.EnabledHardwareTypes, HardwareOptions.DiscoveryDefaultDriver })
        {
            // What has no effect is no error.
            var isUsed = IsOn(config, ServiceOptions.EnableIronic) && (option != HardwareOptions.DiscoveryDefaultDriver || IsOn(config, HardwareOptions.EnableNodeDiscovery));
            foreach (var name in CheckedConfig.Texts(config[option]))
            {
                if (HardwareTypeOf(name) is { } type)
                    diagnostics.Warning(config[option]!.Location, ConfigCodes.ClassicDriver,
                        $"{option.Name} has {name}, a classic driver; Ironic has had none since rocky.", $"Write {type} in its place.");
                else if (isUsed && !HardwareSupport.Types.Contains(name))
                    diagnostics.Error(config[option]!.Location, ConfigCodes.NoSuchHardware, $"{option.Name} has {name}, a hardware type that Ironic does not have.",
                        HardwareSupport.Gone(name) is { } reason ? $"{reason} Take it out." : Remedy(name, HardwareSupport.Types));
            }
        }

        foreach (var name in IsOn(config, ServiceOptions.EnableIronic) ? CheckedConfig.Texts(config[HardwareOptions.IronicEnabledNetworkInterfaces]) : [])
        {
            if (!HardwareSupport.NetworkInterfaces.Contains(name))
                diagnostics.Error(config[HardwareOptions.IronicEnabledNetworkInterfaces]!.Location, ConfigCodes.NoSuchHardware,
                    $"ironic_enabled_network_interfaces has {name}, a network interface that Ironic does not have.", Remedy(name, HardwareSupport.NetworkInterfaces));
        }

        if (config[HardwareOptions.IronicDefaultNetworkInterface] is { Value: StringValue chosen } preset
            && config[HardwareOptions.IronicEnabledNetworkInterfaces] is { } enabled
            && !CheckedConfig.Texts(enabled).Contains(chosen.Text))
            diagnostics.Error(preset.Location ?? enabled.Location, ConfigCodes.NotEnabled,
                $"ironic_default_network_interface is {chosen.Text}, which is not among ironic_enabled_network_interfaces.",
                $"Set ironic_enabled_network_interfaces = {string.Join(", ", CheckedConfig.Texts(enabled).Append(chosen.Text))}.");
    }

    private static bool IsOn(CheckedConfig config, ConfigOption option) => config[option]?.Value is BooleanValue { Flag: true };

    private static string Remedy(string name, ImmutableArray<string> known) =>
        NearestName.Of(name, known) is { } nearest ? $"Did you mean {nearest}?" : $"There are {string.Join(", ", known)}.";

    // The classic drivers of pike and queens, and the hardware types that came in their places.
    private static string? HardwareTypeOf(string driver) => driver switch
    {
        "pxe_ipmitool" or "pxe_ipmitool_socat" or "agent_ipmitool" or "agent_ipmitool_socat" => "ipmi",
        "pxe_drac" or "pxe_drac_inspector" => "idrac",
        "pxe_ilo" or "agent_ilo" or "iscsi_ilo" => "ilo",
        "pxe_irmc" or "agent_irmc" or "iscsi_irmc" => "irmc",
        "pxe_snmp" => "snmp",
        "fake" => "fake-hardware",
        _ => null,
    };
}
