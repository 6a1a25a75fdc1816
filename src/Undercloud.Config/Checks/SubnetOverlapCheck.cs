using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that no two subnets have addresses in common.</summary>
internal static class SubnetOverlapCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        ImmutableArray<CheckedSubnet> subnets = [.. config.Subnets.Where(subnet => subnet.Network is not null)];
        List<AddressRange> proposed = [];
        for (var i = 0; i < subnets.Length; i++)
        {
            // One finding per subnet is enough; it names the first subnet that overlaps.
            var other = subnets[..i].FirstOrDefault(before => before.Network!.Range.Overlaps(subnets[i].Network!.Range));
            if (other is not null)
                Report(subnets, subnets[i], other, proposed, diagnostics);
        }
    }

    private static void Report(
        ImmutableArray<CheckedSubnet> subnets, CheckedSubnet subnet, CheckedSubnet other, List<AddressRange> proposed, DiagnosticBag diagnostics)
    {
        AddressRange[] taken = [.. subnets.Where(one => one != subnet).Select(one => one.Network!.Range), .. proposed];
        var free = FreeNetworks.Like(subnet.Network!, taken);
        if (free is not null)
            proposed.Add(free.Range);
        diagnostics.Error(subnet.Cidr!.Location ?? other.Cidr!.Location, ConfigCodes.SubnetOverlap,
            $"The network {subnet.Network!.Network} of [{subnet.Name}] overlaps {other.Network!.Network} of [{other.Name}].",
            free is not null
                ? $"Give each subnet a network of its own, e.g. cidr = {free.Network} for [{subnet.Name}]."
                : "Give each subnet a network of its own.");
    }
}
