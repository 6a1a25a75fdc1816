using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>All checks of options against each other that need only the file.</summary>
internal static class ConfigChecks
{
    private static readonly ImmutableArray<Action<CheckedConfig, DiagnosticBag>> s_all =
    [
        NetworkCheck.Run,
        SubnetNamesCheck.Run,
        RoutedNetworksCheck.Run,
        MissingOptionsCheck.Run,
        LocalSubnetCheck.Run,
        SubnetAddressCheck.Run,
        GatewayCheck.Run,
        DhcpRangeCheck.Run,
        InspectionRangeCheck.Run,
        AddressesLeftCheck.Run,
        SubnetOverlapCheck.Run,
        FamilyCheck.Run,
        NameserverCheck.Run,
        RouteCheck.Run,
        MasqueradeCheck.Run,
        MtuCheck.Run,
        InspectionCheck.Run,
        HardwareCheck.Run,
        CertificateCheck.Run,
        DependencyCheck.Run,
        RegistryCheck.Run,
    ];

    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var check in s_all)
            check(config, diagnostics);
    }
}
