using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The hardware types and network interfaces that the Ironic of the tool's images has, and what earlier releases had.</summary>
internal static class HardwareSupport
{
    /// <summary>The entry points ironic.hardware.types of the Ironic in the image of zed.</summary>
    public static ImmutableArray<string> Types { get; } =
        ["ipmi", "redfish", "idrac", "ilo", "ilo5", "irmc", "snmp", "xclarity", "ibmc", "intel-ipmi", "manual-management", "fake-hardware"];

    /// <summary>The entry points ironic.hardware.interfaces.network of the same.</summary>
    public static ImmutableArray<string> NetworkInterfaces { get; } = ["flat", "neutron", "noop"];

    /// <summary>Why a hardware type that earlier releases had is gone; null for one that none of them had.</summary>
    public static string? Gone(string type) => type switch
    {
        "cisco-ucs-managed" or "cisco-ucs-standalone" => "The Ironic of the images has no driver of its own for Cisco UCS.",
        "oneview" => "The Ironic of the images has no driver for OneView.",
        _ when type.StartsWith("staging-", StringComparison.Ordinal) => "It is one of the ironic-staging-drivers, which the images do not have.",
        _ => null,
    };
}
