using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>
/// Checks that each subnet has an address left for its nodes when all others are subtracted from its ranges: python-tripleoclient's allocation pools
/// are not empty.
/// </summary>
internal static class AddressesLeftCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            if (subnet is { Network: { } network, IsComplete: true } && IsRight(subnet, network) && IsFull(config, subnet, network))
                diagnostics.Error(
                    subnet.DhcpStart?.Location ?? subnet.DhcpEnd?.Location ?? subnet.Cidr!.Location ?? subnet.InspectionSetting?.Location
                        ?? subnet.ExcludeSetting?.Location,
                    ConfigCodes.NoAddressLeft,
                    $"[{subnet.Name}] has no address left for nodes: all are taken by the router, the undercloud, inspection, name servers "
                        + "and dhcp_exclude.",
                    SubnetProposal.Text(config, subnet, network, SubnetOptions.DhcpStart.Name) is { } proposal && subnet.Excluded.IsEmpty
                        ? $"Set {proposal}."
                        : "Leave more to DHCP, or give cidr a shorter prefix.");
        }
    }

    // Wrong ranges have findings of their own.
    private static bool IsRight(CheckedSubnet subnet, AddressWithPrefix network) =>
        subnet.Starts.Concat(subnet.Ends).All(network.IsInNetwork)
        && (subnet.Inspection is not { } inspection || network.Range.Holds(inspection))
        && (subnet.Starts.Length == subnet.Ends.Length
            ? subnet.DhcpRanges.Length == subnet.Starts.Length
            : subnet.Starts.Length + subnet.Ends.Length == 1);

    private static bool IsFull(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network)
    {
        AddressRange[] ranges = subnet.Starts.IsEmpty || subnet.Ends.IsEmpty
            ? [network.Range with
            {
                First = subnet.Starts.IsEmpty ? network.Range.First : AddressRange.ToNumber(subnet.Starts[0]),
                Last = subnet.Ends.IsEmpty ? network.Range.Last : AddressRange.ToNumber(subnet.Ends[0]),
            }]
            : [.. subnet.DhcpRanges];
        List<AddressRange> taken = [.. config.TakenAddresses.Select(AddressRange.Of)];
        taken.AddRange(subnet.Nameservers.Select(AddressRange.Of));
        taken.AddRange(subnet.Excluded);
        if (subnet.Gateway is { } gateway)
            taken.Add(AddressRange.Of(gateway));
        if (subnet.Inspection is { } inspection)
            taken.Add(inspection);
        // Not even /31 has any left, since python-tripleoclient subtracts the first and the last address from every network.
        taken.Add(network.Range with { Last = network.Range.First });
        taken.Add(network.Range with { First = network.Range.Last });
        return FreeAddresses.Of(ranges, taken).IsEmpty;
    }
}
