using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The switches on which options depend: when one of them is off, the option has no effect, and a wrong value is no error.</summary>
internal static class OptionSwitches
{
    private static readonly ImmutableArray<ConfigOption> s_ironic = [ServiceOptions.EnableIronic];
    private static readonly ImmutableArray<ConfigOption> s_inspection = [ServiceOptions.EnableIronic, ServiceOptions.EnableIronicInspector];

    private static readonly ImmutableArray<(ConfigOption Option, ImmutableArray<ConfigOption> Switches)> s_all =
    [
        (SubnetOptions.InspectionIprange, s_inspection),
        (HardwareOptions.InspectionInterface, s_inspection),
        (HardwareOptions.InspectionExtras, s_inspection),
        (HardwareOptions.InspectionRunbench, s_inspection),
        (HardwareOptions.EnableNodeDiscovery, s_inspection),
        (HardwareOptions.DiscoveryDefaultDriver, [.. s_inspection, HardwareOptions.EnableNodeDiscovery]),
        (HardwareOptions.EnabledHardwareTypes, s_ironic),
        (HardwareOptions.IronicDefaultNetworkInterface, s_ironic),
        (HardwareOptions.IronicEnabledNetworkInterfaces, s_ironic),
        (HardwareOptions.IpxeEnabled, s_ironic),
        (HardwareOptions.CleanNodes, s_ironic),
        (HardwareOptions.AdditionalArchitectures, s_ironic),
    ];

    /// <summary>The options that must all be true for this one; none for most.</summary>
    public static ImmutableArray<ConfigOption> Of(ConfigOption option) =>
        s_all.FirstOrDefault(one => one.Option.Name == option.Name).Switches is { IsDefault: false } switches ? switches : [];
}
