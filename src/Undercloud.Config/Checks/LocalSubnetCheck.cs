using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that local_ip is in the network of the local subnet, and that both have the same prefix length.</summary>
internal static class LocalSubnetCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config is not { LocalAddress: { } local, LocalSubnet: { Network: { } network, Cidr: { } cidr } subnet }
            || config[UndercloudOptions.LocalIp] is not { } setting)
            return;
        if (!network.IsInNetwork(local.Address))
            Outside(config, subnet, setting, diagnostics);
        else if (local.PrefixLength != network.PrefixLength)
            diagnostics.Warning(setting.Location ?? cidr.Location, ConfigCodes.PrefixLength,
                $"local_ip has the prefix length {local.PrefixLength}, cidr of [{subnet.Name}] has {network.PrefixLength}.",
                $"Set local_ip = {local.Address}/{network.PrefixLength}, or cidr = {local.Network}.");
    }

    private static void Outside(CheckedConfig config, CheckedSubnet subnet, Setting localIp, DiagnosticBag diagnostics)
    {
        var (local, network) = (config.LocalAddress!, subnet.Network!);
        var message = localIp.IsDefault
            ? $"local_ip is left at its default {local}, which is not in the network {network.Network} of [{subnet.Name}]."
            : subnet.Cidr!.IsDefault
                ? $"local_ip {local.Address} is not in the network of [{subnet.Name}], where cidr is left at its default {network.Network}."
                : $"local_ip {local.Address} is not in the network {network.Network} of [{subnet.Name}].";
        diagnostics.Error(localIp.Location ?? subnet.Cidr!.Location, ConfigCodes.OutsideSubnet, message,
            subnet.Cidr!.IsDefault ? SetSubnet(config, subnet, local) : SetLocalIp(config, subnet, network));
    }

    private static string SetSubnet(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix local)
    {
        var moved = new List<string>();
        if (subnet.Gateway is not { } gateway || !local.IsInNetwork(gateway))
            moved.Add(SubnetOptions.Gateway.Name);
        if (subnet.Inspection is { } inspection && !local.Range.Holds(inspection) && !config.HasStatelessInspection(local))
            moved.Add(SubnetOptions.InspectionIprange.Name);
        var others = SubnetProposal.Values(config, subnet, local, [.. moved]) ?? [];
        return $"Set in [{subnet.Name}] {SubnetProposal.Listed([$"cidr = {local.Network}", .. others])}.";
    }

    private static string SetLocalIp(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network)
    {
        IEnumerable<AddressRange> taken =
        [
            .. subnet.DhcpRanges,
            .. subnet.Inspection is { } inspection ? [inspection] : Array.Empty<AddressRange>(),
            .. config.Hosts.Select(CheckedConfig.AddressOf).OfType<System.Net.IPAddress>().Select(AddressRange.Of),
            .. config.Proposals.Besides("", []),
        ];
        if (FreeAddresses.Lowest(network, taken, 1) is not [var free])
            return "Set cidr to the network that local_ip is in.";
        config.Proposals.Add(UndercloudOptions.LocalIp.Group, UndercloudOptions.LocalIp.Name, AddressRange.Of(free));
        return $"Set local_ip = {free}/{network.PrefixLength}, or cidr to the network that local_ip is in.";
    }
}
