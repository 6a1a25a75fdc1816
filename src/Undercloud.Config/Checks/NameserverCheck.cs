using System.Net;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that name servers are of the family of the subnets that use them, and that all subnets have their own or none has.</summary>
internal static class NameserverCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config.Subnets.Any(subnet => subnet.NameserversSetting is null))
            return;
        var own = config.Subnets.Where(subnet => !subnet.Nameservers.IsEmpty).ToList();
        var without = config.Subnets.Where(subnet => subnet.Nameservers.IsEmpty).ToList();
        foreach (var subnet in own)
        {
            foreach (var server in subnet.Nameservers.Where(server => IsOther(server, subnet)))
                diagnostics.Error(subnet.NameserversSetting!.Location, ConfigCodes.Family,
                    $"dns_nameservers {server} is an {Family.Of(server)} address, but [{subnet.Name}] is the "
                        + $"{Family.Of(subnet.Network!.Address)} network {subnet.Network.Network}.",
                    $"Name an {Family.Of(subnet.Network.Address)} address in its place.");
        }

        Common(config, without, diagnostics);
        if (own.Count > 0 && without.Count > 0)
            diagnostics.Error(own[0].NameserversSetting!.Location, ConfigCodes.SomeNameservers,
                $"{Sections(own)} {(own.Count == 1 ? "has" : "have")} dns_nameservers, "
                    + $"{Sections(without)} {(without.Count == 1 ? "has" : "have")} none.",
                $"Set dns_nameservers in {Sections(without)} too, or nowhere.");
    }

    private static void Common(CheckedConfig config, List<CheckedSubnet> users, DiagnosticBag diagnostics)
    {
        if (config[AddressOptions.Nameservers] is not { } common)
            return;
        foreach (var server in CheckedConfig.Addresses(common))
        {
            if (users.Find(subnet => IsOther(server, subnet)) is { } subnet)
                diagnostics.Error(common.Location, ConfigCodes.Family,
                    $"undercloud_nameservers {server} is an {Family.Of(server)} address, but the nodes of [{subnet.Name}] use it, "
                        + $"which is the {Family.Of(subnet.Network!.Address)} network {subnet.Network.Network}.",
                    $"Take it out, or name {Family.Of(subnet.Network.Address)} servers for the nodes in dns_nameservers of "
                        + $"[{subnet.Name}].");
        }
    }

    private static bool IsOther(IPAddress server, CheckedSubnet subnet) =>
        subnet.Network is { } network && network.Address.AddressFamily != server.AddressFamily;

    private static string Sections(List<CheckedSubnet> subnets) =>
        SubnetProposal.Listed([.. subnets.Select(subnet => $"[{subnet.Name}]")]);
}
