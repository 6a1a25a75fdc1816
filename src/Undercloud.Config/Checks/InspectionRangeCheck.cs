using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>inspection_iprange has several addresses and shares none with DHCP, the router or the undercloud.</summary>
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
        if (range.First == range.Last)
            diagnostics.Error(setting.Location, ConfigCodes.RangeOrder,
                $"inspection_iprange of [{subnet.Name}] does not begin before it ends: it is {range.FirstAddress} alone.",
                Remedy(config, subnet, "Let it have two addresses at least."));
        foreach (var dhcp in subnet.DhcpRanges.Where(range.Overlaps))
            diagnostics.Error(setting.Location ?? subnet.DhcpStart?.Location ?? subnet.DhcpEnd?.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] overlaps the DHCP range {dhcp}.",
                Remedy(config, subnet, "End the DHCP range before it."));
        foreach (var (used, address) in config.OwnAddresses.Where(own => range.Holds(AddressRange.Of(own.Address))))
            diagnostics.Error(setting.Location ?? used.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] holds {used.Option.Name} {address}.",
                Remedy(config, subnet, $"Choose another {used.Option.Name}."));
        if (subnet.Gateway is { } gateway && range.Holds(AddressRange.Of(gateway))
            && !config.OwnAddresses.Any(own => own.Address.Equals(gateway)))
            diagnostics.Error(setting.Location ?? subnet.GatewaySetting?.Location, ConfigCodes.RangeOverlap,
                $"inspection_iprange {range} of [{subnet.Name}] holds gateway {gateway}.", Remedy(config, subnet, "Choose another range."));
    }

    private static string Remedy(CheckedConfig config, CheckedSubnet subnet, string otherwise) =>
        subnet.Network is { } network && SubnetProposal.Text(config, subnet, network, SubnetOptions.InspectionIprange.Name) is { } proposal
            ? $"Set {proposal}."
            : otherwise;
}
