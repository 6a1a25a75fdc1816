using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Finds options that are on and depend on an option that is off.</summary>
internal static class DependencyCheck
{
    private static readonly ImmutableArray<(ConfigOption Option, ConfigOption Needed)> s_needs =
    [
        (ServiceOptions.EnableIronicInspector, ServiceOptions.EnableIronic),
        (HardwareOptions.EnableNodeDiscovery, ServiceOptions.EnableIronic),
        (HardwareOptions.EnableNodeDiscovery, ServiceOptions.EnableIronicInspector),
        (HardwareOptions.InspectionRunbench, ServiceOptions.EnableIronicInspector),
        (ServiceOptions.EnableSwiftEncryption, ServiceOptions.EnableSwift),
        (ServiceOptions.EnableZaqar, ServiceOptions.EnableSwift),
    ];

    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var (option, needed) in s_needs)
        {
            if (config.IsSet(option) && config.IsTrue(option) && config.IsFalse(needed))
                diagnostics.Warning(config[option]!.Location, ConfigCodes.NeedsAnother,
                    $"{option.Name} has no effect without {needed.Name}, which is false.",
                    $"Set {needed.Name} = true, or {option.Name} = false.");
        }

        if (config.IsSet(AddressOptions.Ipv6AddressMode) && !config.Subnets.IsEmpty
            && config.Subnets.All(subnet => subnet.Network is { IsIPv6: false }))
            diagnostics.Warning(config[AddressOptions.Ipv6AddressMode]!.Location, ConfigCodes.NeedsAnother,
                "ipv6_address_mode has no effect, as no subnet is an IPv6 network.", "Take it out.");
    }
}
