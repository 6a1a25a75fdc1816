using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Ironic's drivers before hardware types, up to queens, and the types that replaced them.</summary>
public static class ClassicDrivers
{
    private static readonly ImmutableArray<ConfigOption> s_options = [HardwareOptions.EnabledHardwareTypes, HardwareOptions.DiscoveryDefaultDriver];

    /// <summary>The hardware type that replaced a classic driver; null for another name. The files of nodes use the same names.</summary>
    public static string? TypeOf(string driver) => driver switch
    {
        "pxe_ipmitool" or "pxe_ipmitool_socat" or "agent_ipmitool" or "agent_ipmitool_socat" => "ipmi",
        "pxe_drac" or "pxe_drac_inspector" => "idrac",
        "pxe_ilo" or "agent_ilo" or "iscsi_ilo" => "ilo",
        "pxe_irmc" or "agent_irmc" or "iscsi_irmc" => "irmc",
        "pxe_snmp" => "snmp",
        "fake_pxe" or "fake_agent" => "manual-management",
        "fake" => "fake-hardware",
        _ => null,
    };

    /// <summary>A name, or a list of names, with classic drivers replaced by hardware types.</summary>
    public static Value Replaced(Value value) => value switch
    {
        StringValue { Text: var text } => TypeOf(text) ?? text,
        ListValue list => new ListValue([.. list.Items.Select(Replaced).Distinct()]),
        _ => value,
    };

    /// <summary>The configuration for an Ironic without classic drivers.</summary>
    public static UndercloudConfig Replaced(UndercloudConfig config) => config with
    {
        Settings = [.. config.Settings.Select(setting => IsNamedIn(setting.Option) ? setting with { Value = Replaced(setting.Value) } : setting)],
    };

    /// <summary>Whether an option names hardware types, and drivers in files of former releases.</summary>
    internal static bool IsNamedIn(ConfigOption option) => s_options.Any(one => one.Name == option.Name && one.Group == option.Group);
}
