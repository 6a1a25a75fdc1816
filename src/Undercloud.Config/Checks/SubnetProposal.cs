using System.Net;

namespace Undercloud.Config;

/// <summary>Suggests values for options of a subnet: valid ones that use no address twice.</summary>
internal static class SubnetProposal
{
    // The offsets of the defaults in their network.
    private const int DhcpOffset = 5;
    private const int DhcpSize = 20;
    private const int InspectionOffset = 100;
    private const int InspectionSize = 21;

    /// <summary>
    /// E.g. "gateway = 10.0.0.1 and inspection_iprange = 10.0.0.100,10.0.0.120" for the given options, or null when the
    /// network is too small. The suggestion avoids the addresses of the subnet's other options.
    /// </summary>
    public static string? Text(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, params string[] options) =>
        Values(config, subnet, network, options) is { } values ? Listed(values) : null;

    /// <summary>The same as a list.</summary>
    public static IReadOnlyList<string>? Values(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, string[] options)
    {
        var taken = Taken(config, subnet, network, options);
        var made = new List<(string Name, AddressRange Range)>();
        foreach (var name in options)
        {
            var known = config.Proposals.Of(subnet.Name, name) is { } before && network.Range.Holds(before) ? before : (AddressRange?)null;
            if ((known ?? Value(config, subnet, network, name, taken, options)) is not { } range)
                return null;
            taken.Add(range);
            made.Add((name, range));
        }

        foreach (var (name, range) in made)
            config.Proposals.Add(subnet.Name, name, range);
        return
        [
            .. made.SelectMany(one =>
                one.Name == SubnetOptions.Gateway.Name ? [$"{one.Name} = {one.Range.FirstAddress}"]
                : one.Name == SubnetOptions.InspectionIprange.Name ? new[] { $"{one.Name} = {one.Range.FirstAddress},{one.Range.LastAddress}" }
                : [$"dhcp_start = {one.Range.FirstAddress}", $"dhcp_end = {one.Range.LastAddress}"]),
        ];
    }

    // A range in a small network leaves addresses for the other range: nodes need one, inspection two.
    private static AddressRange? Value(
        CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, string name, List<AddressRange> taken, string[] options)
    {
        if (name == SubnetOptions.Gateway.Name)
            return Gateway(config, subnet, network, taken) is { } gateway ? AddressRange.Of(gateway) : null;
        return name == SubnetOptions.InspectionIprange.Name
            ? FreeAddresses.Range(network, taken, InspectionOffset, InspectionSize, options.Contains(SubnetOptions.DhcpStart.Name) || subnet.DhcpRanges.Any(network.Range.Holds) ? 0 : 1)
            : FreeAddresses.Range(network, taken, DhcpOffset, DhcpSize, options.Contains(SubnetOptions.InspectionIprange.Name) ? 2 : 0);
    }

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Listed(IReadOnlyList<string> texts) =>
        texts.Count < 2 ? string.Concat(texts)
        : $"{string.Join(", ", texts.SkipLast(1))} and {texts[^1]}";

    // As in the defaults, the undercloud is the local subnet's router.
    private static IPAddress? Gateway(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, List<AddressRange> taken) =>
        subnet.IsLocal && config.LocalAddress is { } local && network.IsInNetwork(local.Address)
            ? local.Address
            : subnet.IsLocal && config.Proposals.Of(UndercloudOptions.LocalIp.Group, UndercloudOptions.LocalIp.Name) is { } proposed && network.Range.Holds(proposed)
            ? proposed.FirstAddress
            : FreeAddresses.Lowest(network, taken, 1).FirstOrDefault();

    private static List<AddressRange> Taken(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, string[] wanted)
    {
        List<AddressRange> taken = [.. config.TakenAddresses.Select(AddressRange.Of), .. config.Proposals.Besides(subnet.Name, wanted)];
        if (subnet.Gateway is { } gateway && !wanted.Contains(SubnetOptions.Gateway.Name))
            taken.Add(AddressRange.Of(gateway));
        if (subnet.Inspection is { } inspection && !wanted.Contains(SubnetOptions.InspectionIprange.Name))
            taken.Add(inspection);
        if (!wanted.Contains(SubnetOptions.DhcpStart.Name))
            taken.AddRange(subnet.DhcpRanges);
        // Nodes' addresses begin after those of the router and the undercloud.
        var hosts = network.Hosts;
        if (hosts.Last - hosts.First > 16 && !wanted.Contains(SubnetOptions.Gateway.Name))
            taken.Add(hosts with { Last = hosts.First + 3 });
        return taken;
    }
}
