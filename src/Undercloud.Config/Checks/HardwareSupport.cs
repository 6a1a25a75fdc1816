using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The hardware types and interfaces of the Ironic in the tool's images, and those of earlier releases.</summary>
public static class HardwareSupport
{
    private const string File = "ironic.conf";
    private const string TypesKind = "hardware_types";

    // The kinds of interfaces of a hardware type.
    private static readonly ImmutableArray<string> s_interfaces =
        ["bios", "boot", "console", "deploy", "inspect", "management", "network", "power", "raid", "rescue", "storage", "vendor"];

    /// <summary>The hardware types of any release of the images.</summary>
    public static ImmutableArray<string> Types { get; } = Names(TypesKind, null);

    /// <summary>The network interfaces of any release of the images.</summary>
    public static ImmutableArray<string> NetworkInterfaces { get; } = Names("network", null);

    /// <summary>Each list of names: its parameter, its option in ironic.conf, and whether it is a list of types.</summary>
    public static ImmutableArray<HardwareList> Lists { get; } =
    [
        new(TypesKind, "IronicEnabledHardwareTypes", Enabled(TypesKind)),
        .. s_interfaces.Select(kind => new HardwareList(kind, $"IronicEnabled{Capital(kind)}Interfaces", Enabled(kind))),
        .. s_interfaces.Select(kind => new HardwareList(kind, $"IronicDefault{Capital(kind)}Interface", $"default_{kind}_interface")),
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

    // Of all releases, for a release that is not known yet.
    private static ImmutableArray<string> Names(string kind, string? release) =>
        [.. OpenStackRelease.All.Where(one => release is null || one.Name == release).SelectMany(one => one.PluginsOf(File, Enabled(kind))).Distinct()];

    private static string Enabled(string kind) => kind == TypesKind ? "enabled_hardware_types" : $"enabled_{kind}_interfaces";

    private static string Capital(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
