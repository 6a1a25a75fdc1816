using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Finds masqueraded IPv6 networks: that works, but is seldom wanted, since their nodes could have global addresses.</summary>
internal static class MasqueradeCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            if (subnet is { Network: { IsIPv6: true } network, Masquerade: { Value: BooleanValue { Flag: true } } masquerade })
                Report($"masquerade of [{subnet.Name}]", network, masquerade, diagnostics);
        }

        OnItsWayOut(config, diagnostics);
        if (config[AddressOptions.MasqueradeNetwork] is { Value: StringValue text, IsDefault: false } old
            && AddressWithPrefix.TryParse(text.Text, out var masqueraded) && masqueraded.IsIPv6)
            Report("masquerade_network", masqueraded, old, diagnostics);
    }

    // Only a whole subnet can be masqueraded.
    private static void OnItsWayOut(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config[AddressOptions.MasqueradeNetwork] is not { IsDefault: false, Value: StringValue { Text: var network } } old)
            return;
        if (config.Subnets.FirstOrDefault(subnet => subnet.Cidr?.Value is StringValue cidr && cidr.Text == network) is { } subnet)
            diagnostics.Warning(old.Location, ConfigCodes.Deprecated, "masquerade_network is on its way out.",
                $"Write masquerade = true in [{subnet.Name}].");
        else
            diagnostics.Warning(old.Location, ConfigCodes.Deprecated,
                $"masquerade_network is on its way out, and no subnet has the cidr {network}: nothing is masqueraded because of it.",
                $"Take it out, or write masquerade = true in the section of the subnet that is to be masqueraded.");
    }

    private static void Report(string name, AddressWithPrefix network, Setting setting, DiagnosticBag diagnostics) =>
        diagnostics.Warning(setting.Location, ConfigCodes.Masquerade, $"{name} hides the IPv6 network {network.Network} behind the undercloud's own address.",
            "It need not: have the network routed, if that can be.");
}
