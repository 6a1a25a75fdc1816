using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that routed networks are enabled for several subnets.</summary>
internal static class RoutedNetworksCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config[AddressOptions.Subnets] is { } subnets && config.Sections.Names.Length > 1
            && config.IsFalse(AddressOptions.EnableRoutedNetworks))
            diagnostics.Error(subnets.Location, ConfigCodes.RoutedNetworks,
                $"subnets names {config.Sections.Names.Length} subnets, but enable_routed_networks is false.",
                "Set enable_routed_networks = true, or name one subnet only.");
    }
}
