using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks the MTU: IPv6 requires a link with an MTU of at least 1280 (RFC 8200).</summary>
internal static class MtuCheck
{
    private const int LeastOfIPv6 = 1280;

    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        var isIPv6 = config.LocalAddress is { IsIPv6: true } || config.Subnets.Any(subnet => subnet.Network is { IsIPv6: true });
        if (isIPv6 && config[UndercloudOptions.LocalMtu] is { Value: IntegerValue mtu } setting && mtu.Number < LeastOfIPv6)
            diagnostics.Error(setting.Location, ConfigCodes.MtuOfIPv6,
                $"local_mtu is {mtu.Number}, but IPv6 needs {LeastOfIPv6} at least.", $"Set local_mtu = {LeastOfIPv6} or more.");
    }
}
