using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that inspection_iprange has several addresses and shares none with DHCP, the router or the undercloud.</summary>
internal static class InspectionRangeCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            if (subnet is { Inspection: { } range, InspectionSetting: { } setting })
                Check(config, subnet, setting, range, diagnostics);
        }
    }

    private static void Check(CheckedConfig config, CheckedSubnet subnet, Setting setting, AddressRange range, DiagnosticBag diagnostics)
    {
        var proposal = new Lazy<string?>(() => Proposal(config, subnet));
        if (range.First == range.Last)
            diagnostics.Error(setting.Location, ConfigCodes.RangeOrder,
                $"inspection_iprange of [{subnet.Name}] does not begin before it ends: it is {range.FirstAddress} alone.",
                proposal.Value ?? "Let it have two addresses at least.");
        foreach (var dhcp in subnet.DhcpRanges.Where(range.Overlaps))
            diagnostics.Error(setting.Location ?? subnet.DhcpStart?.Location ?? subnet.DhcpEnd?.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] overlaps the DHCP range {dhcp}.",
                proposal.Value ?? "End the DHCP range before it.");
        foreach (var (used, address) in config.OwnAddresses.Where(own => range.Holds(AddressRange.Of(own.Address))))
            diagnostics.Error(setting.Location ?? used.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] holds {used.Option.Name} {address}.",
                proposal.Value ?? $"Choose another {used.Option.Name}.");
        if (subnet.Gateway is { } gateway && range.Holds(AddressRange.Of(gateway))
            && !config.OwnAddresses.Any(own => own.Address.Equals(gateway)))
            diagnostics.Error(setting.Location ?? subnet.GatewaySetting?.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] holds gateway {gateway}.", proposal.Value ?? "Choose another range.");
    }

    private static string? Proposal(CheckedConfig config, CheckedSubnet subnet) =>
        subnet.Network is { } network && SubnetProposal.Text(config, subnet, network, SubnetOptions.InspectionIprange.Name) is { } proposal
            ? $"Set {proposal}."
            : null;
}
