using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The hardware types that a file of nodes can name (tripleo_common/utils/nodes.py).</summary>
public static class HardwareTypes
{
    private static readonly string[] s_login = ["address", "username", "password"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<HardwareType> All { get; } =
    [
        Controlled("ipmi", "ipmi", "_ipmitool") with { Required = ["pm_addr"], DefaultPort = "623" },
        new("redfish", ["redfish"])
        {
            Keys = Keys("redfish", "pm_addr=address", "pm_user=username", "pm_password=password", "pm_system_id=system_id"),
            Required = ["pm_addr"],
            Identity = ["pm_addr", "pm_system_id"],
        },
        Drac(),
        Controlled("ilo", "ilo", "_ilo"),
        Controlled("irmc", "irmc", "_irmc"),
        Controlled("xclarity", "xclarity"),
        new("staging-ovirt", ["ovirt"])
        {
            Keys = Keys("ovirt", "pm_addr=address", "pm_user=username", "pm_password=password", "pm_vm_name=vm_name"),
            Required = ["pm_addr", "pm_user", "pm_password", "pm_vm_name"],
            Identity = ["pm_addr", "pm_vm_name"],
        },
        new("staging-iboot", ["iboot"])
        {
            FormerEndings = ["_iboot"],
            Keys = Keys("iboot", "pm_addr=address", "pm_user=username", "pm_password=password", "pm_port=port", "pm_relay_id=relay_id"),
            Required = ["pm_addr", "pm_user", "pm_password"],
            Identity = ["pm_addr", "pm_port", "pm_relay_id"],
        },
        new("staging-wol", ["wol"]) { FormerEndings = ["wol"], Keys = Keys("wol", "pm_addr=host", "pm_port=port") },
        Controlled("staging-amt", "amt", "_amt"),
        new("manual-management", ["fake"]) { OtherNames = ["fake_pxe", "fake_agent"] },
        new("fake-hardware", ["fake"]) { OtherNames = ["fake"] },
    ];

    /// <summary>Replaces a type that is missing or unknown: it accepts the keys of all types, and requires none.</summary>
    public static HardwareType Unknown { get; } = new("", [.. All.SelectMany(type => type.Prefixes).Distinct()])
    {
        Keys = All.SelectMany(type => type.Keys.Keys).Distinct().ToImmutableDictionary(key => key, key => ImmutableArray.Create(key), StringComparer.Ordinal),
        Identity = ["pm_addr", "pm_port", "pm_system_id"],
    };

    /// <summary>The type for a file's pm_type; null when there is none.</summary>
    public static HardwareType? Named(string name) => All.FirstOrDefault(type => type.Name == name) ?? All.FirstOrDefault(type => type.IsNamed(name));

    /// <summary>The remedy for an unknown pm_type.</summary>
    public static string Remedy(string name) =>
        name.EndsWith("_ssh", StringComparison.Ordinal) ? "Ironic no longer starts machines over SSH: give the virtual machine a controller with virtualbmc and use ipmi."
        : NearestName.Of(name, All.SelectMany(type => type.OtherNames.Prepend(type.Name))) is { } nearest ? $"Did you mean '{nearest}'?"
        : All.FirstOrDefault(type => type.Prefixes.Any(prefix => name.Contains(prefix, StringComparison.Ordinal))) is { } about ? $"Did you mean '{about.Name}'?"
        : $"Known are {string.Join(", ", All.Select(type => type.Name))}.";

    private static HardwareType Controlled(string name, string prefix, params string[] formerEndings) => new(name, [prefix])
    {
        FormerEndings = [.. formerEndings],
        Keys = Keys(prefix, "pm_addr=address", "pm_user=username", "pm_password=password", "pm_port=port"),
        Required = ["pm_addr", "pm_user", "pm_password"],
        Identity = ["pm_addr", "pm_port"],
    };

    // Since wallaby, Ironic uses Dell's own protocol and Redfish for a Dell controller.
    private static HardwareType Drac()
    {
        var drac = Controlled("idrac", "drac", "_drac");
        return drac with
        {
            Prefixes = ["drac", "redfish"],
            Keys = drac.Keys
                .SetItems(s_login.Select(field => KeyValuePair.Create(Key(field), ImmutableArray.Create($"drac_{field}", $"redfish_{field}"))))
                .Add("pm_system_id", ["redfish_system_id"]),
        };
    }

    private static string Key(string field) => field switch { "address" => "pm_addr", "username" => "pm_user", _ => $"pm_{field}" };

    private static ImmutableDictionary<string, ImmutableArray<string>> Keys(string prefix, params string[] pairs) =>
        pairs.Select(pair => pair.Split('=')).ToImmutableDictionary(pair => pair[0], pair => ImmutableArray.Create($"{prefix}_{pair[1]}"), StringComparer.Ordinal);
}
