using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The parameters of bare metal nodes and their inspection that depend on several options.</summary>
internal static class IronicParameters
{
    private static readonly ImmutableArray<string> s_classicPrefixes = ["fake_", "pxe_", "agent_", "iscsi_"];

    /// <summary>The parameters for the templates of a release; none without Ironic.</summary>
    public static IEnumerable<KeyValuePair<string, Value>> Of(UndercloudConfig config, ConfigRelease release) =>
        config.IsOn(ServiceOptions.EnableIronic) ? [.. Hardware(config, release), .. Discovery(config), .. Inspection(config)] : [];

    private static IEnumerable<KeyValuePair<string, Value>> Hardware(UndercloudConfig config, ConfigRelease release)
    {
        var isQueens = release == ConfigRelease.Queens;
        var discovered = config.IsOn(HardwareOptions.EnableNodeDiscovery) ? config.TextOrNull(HardwareOptions.DiscoveryDefaultDriver) : null;
        var isClassic = isQueens && discovered is not null && IsClassic(discovered);
        var types = config.Texts(HardwareOptions.EnabledHardwareTypes).Concat(isClassic || discovered is null ? [] : [discovered]).ToHashSet();
        yield return new("IronicEnabledHardwareTypes", Sorted(types));
        foreach (var kind in HardwareInterface.All.Where(kind => kind.Releases.HasFlag(release)))
            yield return new(kind.Parameter, Sorted(kind.For(types)));
        if (isQueens)
        {
            yield return new("IronicEnabledDrivers", Sorted(config.Texts(HardwareOptions.EnabledDrivers).Concat(isClassic ? [discovered!] : [])));
            yield break;
        }

        yield return new("IronicEnabledNetworkInterfaces", config[HardwareOptions.IronicEnabledNetworkInterfaces].Value);
        yield return new("IronicDefaultNetworkInterface", config[HardwareOptions.IronicDefaultNetworkInterface].Value);
    }

    private static IEnumerable<KeyValuePair<string, Value>> Discovery(UndercloudConfig config) =>
        !config.IsOn(HardwareOptions.EnableNodeDiscovery) ? [] :
        [
            new("IronicInspectorEnableNodeDiscovery", true),
            new("IronicInspectorDiscoveryDefaultDriver", config[HardwareOptions.DiscoveryDefaultDriver].Value),
        ];

    // ironic-python-agent reads its options from the kernel's command line.
    private static IEnumerable<KeyValuePair<string, Value>> Inspection(UndercloudConfig config)
    {
        var extras = config.IsOn(HardwareOptions.InspectionExtras);
        var arguments = new List<string>();
        if (config.Debug)
            arguments.Add("ipa-debug=1");
        if (config.IsOn(HardwareOptions.InspectionRunbench))
            arguments.Add("ipa-inspection-benchmarks=cpu,mem,disk");
        if (extras)
            arguments.AddRange(["ipa-inspection-dhcp-all-interfaces=1", "ipa-collect-lldp=1"]);
        yield return new("IronicInspectorCollectors", extras ? "default,extra-hardware,numa-topology,logs" : "default,logs");
        yield return new("IronicInspectorKernelArgs", string.Join(' ', arguments));
    }

    private static bool IsClassic(string driver) =>
        driver == "fake" || s_classicPrefixes.Any(prefix => driver.StartsWith(prefix, StringComparison.Ordinal));

    private static ListValue Sorted(IEnumerable<string> names) =>
        new([.. names.Distinct().Order(StringComparer.Ordinal).Select(name => (Value)name)]);
}
