using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>No two subnets have addresses in common.</summary>
internal static class SubnetOverlapCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        ImmutableArray<CheckedSubnet> subnets = [.. config.Subnets.Where(subnet => subnet.Network is not null)];
        for (var i = 0; i < subnets.Length; i++)
        {
            // One finding for each subnet is enough; it names the first it collides with.
            var other = subnets[..i].FirstOrDefault(before => before.Network!.Range.Overlaps(subnets[i].Network!.Range));
            if (other is not null)
                Report(subnets, subnets[i], other, diagnostics);
        }
    }

    private static void Report(
        ImmutableArray<CheckedSubnet> subnets, CheckedSubnet subnet, CheckedSubnet other, DiagnosticBag diagnostics) =>
        diagnostics.Error(subnet.Cidr!.Location ?? other.Cidr!.Location, ConfigCodes.SubnetOverlap,
            $"The network {subnet.Network!.Network} of [{subnet.Name}] overlaps {other.Network!.Network} of [{other.Name}].",
            Free(subnets, subnet) is { } free
                ? $"Give each subnet a network of its own, e.g. cidr = {free} for [{subnet.Name}]."
                : "Give each subnet a network of its own.");

    // The next network of the same size; each step passes one subnet, so there are no more steps than subnets.
    private static string? Free(ImmutableArray<CheckedSubnet> subnets, CheckedSubnet subnet)
    {
        var network = subnet.Network!;
        var size = network.Range.Last - network.Range.First + 1;
        var end = network.IsIPv6 ? UInt128.MaxValue : uint.MaxValue;
        var free = network.Range;
        while (subnets.FirstOrDefault(other => other != subnet && other.Network!.Range.Overlaps(free)) is { } taken)
        {
            var last = UInt128.Max(taken.Network!.Range.Last, free.Last);
            if (end - last < size)
                return null;
            free = free with { First = last + 1, Last = last + size };
        }

        return $"{free.FirstAddress}/{network.PrefixLength}";
    }
}
