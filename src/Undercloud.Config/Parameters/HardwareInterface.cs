using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>One kind of Ironic's hardware interfaces, derived from enabled_hardware_types.</summary>
/// <param name="Parameter">The parameter that lists the enabled ones.</param>
/// <param name="Releases">The releases whose templates get it.</param>
/// <param name="Always">The interfaces that are enabled whatever the hardware types.</param>
/// <param name="ByType">The interfaces of each hardware type.</param>
public sealed record HardwareInterface(
    string Parameter, ConfigRelease Releases, ImmutableArray<string> Always, ImmutableArray<(string Type, string Interface)> ByType)
{
    private const ConfigRelease Queens = ConfigRelease.Queens;
    private const ConfigRelease Later = ConfigRelease.FromRocky;

    private static readonly ImmutableArray<(string, string)> s_management =
        [.. Same("redfish", "idrac", "ilo", "irmc", "staging-ovirt")];

    private static readonly ImmutableArray<(string, string)> s_queensManagement =
        [.. s_management, ("cisco-ucs-managed", "ucsm"), ("cisco-ucs-standalone", "cimc")];

    private static readonly ImmutableArray<(string, string)> s_laterManagement = [.. s_management, .. Same("xclarity")];

    private static readonly ImmutableArray<(string, string)> s_boot = [("ilo", "ilo-pxe"), ("irmc", "irmc-pxe")];

    /// <summary>Every kind.</summary>
    public static ImmutableArray<HardwareInterface> All { get; } =
    [
        new("IronicEnabledManagementInterfaces", Queens, ["fake", "ipmitool"], s_queensManagement),
        new("IronicEnabledManagementInterfaces", Later, ["fake", "ipmitool", "noop"], s_laterManagement),
        new("IronicEnabledPowerInterfaces", Queens, ["fake", "ipmitool"], [.. s_queensManagement, .. Same("snmp")]),
        new("IronicEnabledPowerInterfaces", Later, ["fake", "ipmitool"], [.. s_laterManagement, .. Same("snmp")]),
        new("IronicEnabledBootInterfaces", Queens, ["pxe"], s_boot),
        new("IronicEnabledBootInterfaces", Later, ["ipxe", "pxe"], [.. s_boot, ("fake-hardware", "fake")]),
        new("IronicEnabledRaidInterfaces", Queens | Later, ["no-raid"], [.. Same("idrac")]),
        new("IronicEnabledVendorInterfaces", Queens | Later, ["no-vendor"], [("ipmi", "ipmitool"), ("idrac", "idrac")]),
        new("IronicEnabledBiosInterfaces", Later, ["no-bios"], [.. Same("ilo", "irmc", "redfish")]),
        new("IronicEnabledInspectInterfaces", Later, ["inspector", "no-inspect"], [.. Same("redfish", "idrac", "ilo", "irmc")]),
        new("IronicEnabledDeployInterfaces", Later, ["ansible", "direct", "iscsi"], [("fake-hardware", "fake")]),
    ];

    /// <summary>The enabled interfaces in order.</summary>
    public IEnumerable<string> For(IReadOnlyCollection<string> types) =>
        ByType.Where(pair => types.Contains(pair.Type)).Select(pair => pair.Interface).Concat(Always).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<(string, string)> Same(params string[] names) => names.Select(name => (name, name));
}
