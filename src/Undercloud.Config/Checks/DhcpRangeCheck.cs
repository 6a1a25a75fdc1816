using System.Net;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that dhcp_start and dhcp_end form ranges that begin before they end, without addresses that are used otherwise.</summary>
internal static class DhcpRangeCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            // One of the two may be omitted: the range extends to the beginning or the end of the network.
            if (subnet.Starts.Length != subnet.Ends.Length && subnet is { DhcpStart: not null, DhcpEnd: not null }
                && (subnet.Starts.Length > 1 || subnet.Ends.Length > 1))
                Count(subnet, diagnostics);
            else
                Order(config, subnet, diagnostics);
            Overlaps(subnet, diagnostics);
            Used(config, subnet, diagnostics);
        }
    }

    private static void Count(CheckedSubnet subnet, DiagnosticBag diagnostics) =>
        diagnostics.Error(Place(subnet), ConfigCodes.RangeCount,
            $"dhcp_start of [{subnet.Name}] has {Items(subnet.Starts.Length)} and dhcp_end has {Items(subnet.Ends.Length)}.",
            "Give each range its first address in dhcp_start and its last one in dhcp_end, in the same order.");

    private static void Order(CheckedConfig config, CheckedSubnet subnet, DiagnosticBag diagnostics)
    {
        foreach (var (start, end) in subnet.Starts.Zip(subnet.Ends))
        {
            if (start.AddressFamily != end.AddressFamily || AddressRange.ToNumber(start) < AddressRange.ToNumber(end)
                || IsLeftOut(subnet, subnet.DhcpStart, start) || IsLeftOut(subnet, subnet.DhcpEnd, end))
                continue;
            var isOne = subnet.Starts.Length == 1 && subnet.Network is not null;
            diagnostics.Error(Place(subnet), ConfigCodes.RangeOrder,
                $"dhcp_start {start} of [{subnet.Name}] does not come before dhcp_end {end}.",
                !start.Equals(end) ? $"Exchange them: dhcp_start = {end} and dhcp_end = {start}."
                : isOne && SubnetProposal.Text(config, subnet, subnet.Network!, SubnetOptions.DhcpStart.Name) is { } proposal
                    ? $"Set {proposal}."
                : "Let the range have two addresses at least.");
        }
    }

    // A default in another network has been reported already.
    private static bool IsLeftOut(CheckedSubnet subnet, Setting? setting, IPAddress address) =>
        setting is { IsDefault: true } && subnet.Network is { } network && !network.Holds(address);

    private static void Overlaps(CheckedSubnet subnet, DiagnosticBag diagnostics)
    {
        AddressRange? widest = null;
        foreach (var range in subnet.DhcpRanges.OrderBy(range => range.First))
        {
            if (widest is { } before && before.Overlaps(range))
                diagnostics.Warning(Place(subnet), ConfigCodes.RangeOverlap,
                    $"The DHCP ranges {before} and {range} of [{subnet.Name}] overlap; they count as one.",
                    "Write one range in place of the two, or correct them.");
            if (widest is null || range.Last > widest.Value.Last)
                widest = range;
        }
    }

    // python-tripleoclient since stein subtracts them from the ranges.
    private static void Used(CheckedConfig config, CheckedSubnet subnet, DiagnosticBag diagnostics)
    {
        var own = config.OwnAddresses.ToList();
        if (subnet is { GatewaySetting: { } setting, Gateway: { } gateway } && !own.Exists(other => other.Address.Equals(gateway)))
            own.Add((setting, gateway));
        foreach (var range in subnet.DhcpRanges)
        {
            var used = own.FindAll(other => range.Holds(AddressRange.Of(other.Address)));
            if (used.Count == 0)
                continue;
            string[] names = [.. used.Select(other => $"{other.Setting.Option.Name} {other.Address}")];
            diagnostics.Warning(Place(subnet) ?? used.Select(other => other.Setting.Location).FirstOrDefault(place => place is not null),
                ConfigCodes.RangeOverlap,
                $"The DHCP range {range} of [{subnet.Name}] holds {SubnetProposal.Listed(names)}, which no node is given.",
                "Begin or end the range elsewhere to make that plain.");
        }
    }

    private static SourceSpan? Place(CheckedSubnet subnet) =>
        subnet.DhcpStart?.Location ?? subnet.DhcpEnd?.Location;

    private static string Items(int count) => count == 1 ? "1 address" : $"{count} addresses";
}
