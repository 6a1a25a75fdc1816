using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The hardware types and interfaces of the Ironic in the tool's images, and those of earlier releases.</summary>
public static class HardwareSupport
{
    private const string TypesKind = "hardware_types";

    // The entry points ironic.hardware.types and ironic.hardware.interfaces.* of Ironic 21.1 (zed) and 29.0 (epoxy).
    private static readonly ImmutableArray<(string Kind, string Both, string Zed, string Epoxy)> s_names =
    [
        (TypesKind, "ipmi redfish idrac ilo ilo5 irmc snmp intel-ipmi manual-management fake-hardware", "xclarity ibmc", ""),
        ("bios", "no-bios redfish idrac-redfish ilo irmc fake", "idrac-wsman", ""),
        ("boot", "ipxe pxe redfish-virtual-media idrac-redfish-virtual-media ilo-pxe ilo-ipxe ilo-virtual-media ilo-uefi-https irmc-pxe irmc-virtual-media fake",
            "", "redfish-https http http-ipxe"),
        ("console", "no-console ipmitool-socat ipmitool-shellinabox ilo fake", "", "redfish-graphical fake-graphical"),
        ("deploy", "direct ansible anaconda custom-agent ramdisk fake", "", "bootc"),
        ("inspect", "inspector no-inspect redfish idrac-redfish ilo irmc fake", "idrac idrac-wsman", "agent"),
        ("management", "ipmitool noop redfish idrac-redfish ilo ilo5 irmc intel-ipmitool fake", "idrac idrac-wsman xclarity ibmc", ""),
        ("network", "flat neutron noop", "", ""),
        ("power", "ipmitool redfish idrac-redfish ilo irmc snmp agent fake", "idrac idrac-wsman xclarity ibmc", ""),
        ("raid", "no-raid agent redfish idrac-redfish ilo5 irmc fake", "idrac idrac-wsman ibmc", ""),
        ("rescue", "no-rescue agent fake", "", ""),
        ("storage", "noop cinder external fake", "", ""),
        ("vendor", "no-vendor ipmitool redfish idrac-redfish ilo fake", "idrac idrac-wsman ibmc", "irmc"),
    ];

    /// <summary>The hardware types of any release of the images.</summary>
    public static ImmutableArray<string> Types { get; } = Names(TypesKind, null);

    /// <summary>The network interfaces of any release of the images.</summary>
    public static ImmutableArray<string> NetworkInterfaces { get; } = Names("network", null);

    /// <summary>Each list of names: its parameter, its option in ironic.conf, and whether it is a list of types.</summary>
    public static ImmutableArray<HardwareList> Lists { get; } =
    [
        .. s_names.Select(names => names.Kind == TypesKind
            ? new HardwareList(TypesKind, "IronicEnabledHardwareTypes", "enabled_hardware_types")
            : new HardwareList(names.Kind, $"IronicEnabled{Capital(names.Kind)}Interfaces", $"enabled_{names.Kind}_interfaces")),
        .. s_names.Where(names => names.Kind != TypesKind)
            .Select(names => new HardwareList(names.Kind, $"IronicDefault{Capital(names.Kind)}Interface", $"default_{names.Kind}_interface")),
    ];

    /// <summary>The names of a kind in the Ironic of a release.</summary>
    public static ImmutableArray<string> Names(HardwareList list, string release) => Names(list.Kind, release);

    /// <summary>Whether a name is harmless although Ironic does not have it: the templates omit it.</summary>
    public static bool IsLeftOut(HardwareList list, string name) => list.Kind == "deploy" && name is "iscsi" or "ansible";

    /// <summary>Why a hardware type of earlier releases is gone; null for a type that none of them had.</summary>
    public static string? Gone(string type) => type switch
    {
        "cisco-ucs-managed" or "cisco-ucs-standalone" => "The Ironic of the images has no driver of its own for Cisco UCS.",
        "oneview" => "The Ironic of the images has no driver for OneView.",
        _ when type.StartsWith("staging-", StringComparison.Ordinal) => "It is one of the ironic-staging-drivers, which the images do not have.",
        _ => null,
    };

    /// <summary>
    /// The parameters that follow from enabled_hardware_types, for the Ironic of a release: python-tripleoclient's list is train's. Epoxy has
    /// no iDRAC over WS-Man, and the type idrac has its interfaces over Redfish only.
    /// </summary>
    public static MapValue ForRelease(MapValue parameters, string release) => new(parameters.Entries.Select(entry =>
        Lists.FirstOrDefault(list => list.Kind != TypesKind && list.Parameter == entry.Key) is { } list && entry.Value is ListValue names
            ? KeyValuePair.Create(entry.Key, (Value)new ListValue([.. names.Items.Select(name => Adapted(list, name, release)).OfType<Value>().Distinct()]))
            : entry));

    private static Value? Adapted(HardwareList list, Value name, string release)
    {
        var known = Names(list.Kind, release);
        return name is not StringValue { Text: var text } || known.Contains(text) || IsLeftOut(list, text) || !Names(list.Kind, null).Contains(text) ? name
            : known.Contains($"{text}-redfish") ? (Value)$"{text}-redfish"
            : null;
    }

    private static ImmutableArray<string> Names(string kind, string? release)
    {
        var names = s_names.First(names => names.Kind == kind);
        return [.. $"{names.Both} {(release is null or "zed" ? names.Zed : "")} {(release is null or "epoxy" ? names.Epoxy : "")}".Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Capital(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
