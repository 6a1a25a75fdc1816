using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that the local subnet's router has an address of its own, and is another host than the undercloud where there are other subnets.</summary>
internal static class GatewayCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
            Taken(config, subnet, diagnostics);
        if (config is { LocalAddress: { } local, LocalSubnet: { Gateway: { } gateway, GatewaySetting: { } setting, Cidr: { } cidr } of }
            && config.Subnets.Length > 1 && gateway.Equals(local.Address))
            diagnostics.Warning(setting.Location ?? cidr.Location ?? config[AddressOptions.Subnets]?.Location, ConfigCodes.OwnGateway,
                $"gateway {gateway} of [{of.Name}] is local_ip: the undercloud would reach the other subnets through itself.",
                "Set gateway to the router between the subnets.");
    }

    // Every release accepted it; with a router at that address, two hosts answer for it.
    private static void Taken(CheckedConfig config, CheckedSubnet subnet, DiagnosticBag diagnostics)
    {
        if (subnet is not { Gateway: { } gateway, GatewaySetting: { } setting })
            return;
        foreach (var (host, address) in config.OwnAddresses.Where(own => !own.Address.Equals(config.LocalAddress?.Address)))
        {
            if (address.Equals(gateway))
                diagnostics.Warning(host.Location ?? setting.Location ?? subnet.Cidr!.Location, ConfigCodes.GatewayTaken,
                    $"{host.Option.Name} {address} is also the gateway of [{subnet.Name}].",
                    $"Choose another {host.Option.Name}, or set gateway to the router's address: local_ip, if the undercloud is the router.");
        }
    }
}
