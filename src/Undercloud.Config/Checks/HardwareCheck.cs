using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks that Ironic has the hardware types and network interfaces, and that the default network interface is enabled.</summary>
internal static class HardwareCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var option in new[] { HardwareOptions.EnabledHardwareTypes, HardwareOptions.DiscoveryDefaultDriver })
        {
            // An option without effect is no error.
            var isUsed = IsOn(config, ServiceOptions.EnableIronic) && (option != HardwareOptions.DiscoveryDefaultDriver || IsOn(config, HardwareOptions.EnableNodeDiscovery));
            foreach (var name in CheckedConfig.Texts(config[option]))
            {
                if (ClassicDrivers.TypeOf(name) is { } type)
                    diagnostics.Warning(config[option]!.Location, ConfigCodes.ClassicDriver,
                        $"{option.Name} has {name}, a classic driver; Ironic has had none since rocky, so {type} is taken in its place.", $"Write {type}.");
                else if (isUsed && !HardwareSupport.Types.Contains(name))
                    diagnostics.Error(config[option]!.Location, ConfigCodes.NoSuchHardware, $"{option.Name} has {name}, a hardware type that Ironic does not have.",
                        HardwareSupport.Gone(name) is { } reason ? $"{reason} Take it out." : Remedy(name, HardwareSupport.Types));
            }
        }

        if (!IsOn(config, ServiceOptions.EnableIronic))
            return;
        // The driver for discovered nodes is enabled too.
        if (config[HardwareOptions.EnabledHardwareTypes] is { Value: ListValue { Items.IsEmpty: true } } none && !IsOn(config, HardwareOptions.EnableNodeDiscovery))
            diagnostics.Error(none.Location, ConfigCodes.NoSuchHardware,
                "enabled_hardware_types is empty: Ironic's conductor does not start without a hardware type.", "Set enabled_hardware_types = ipmi, redfish, or enable_ironic = false.");
        foreach (var name in CheckedConfig.Texts(config[HardwareOptions.IronicEnabledNetworkInterfaces]))
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
}
