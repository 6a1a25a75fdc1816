using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that all subnets are of the local one's family: services of the control plane listen on one family.</summary>
internal static class FamilyCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config.LocalSubnet is not { Network: { } local } localSubnet)
            return;
        foreach (var subnet in config.Subnets)
        {
            if (subnet.Network is { } network && network.IsIPv6 != local.IsIPv6)
                diagnostics.Error(subnet.Cidr!.Location, ConfigCodes.Family,
                    $"[{subnet.Name}] is the {Family.Of(network.Address)} network {network.Network}, but the local subnet "
                        + $"[{localSubnet.Name}] is the {Family.Of(local.Address)} network {local.Network}.",
                    $"Give [{subnet.Name}] an {Family.Of(local.Address)} network.");
        }
    }
}
