using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>The commands that create and remove bridges, bonds and their ports: ovs-vsctl for those of Open vSwitch, ip for the kernel's.</summary>
internal static class LinkCommands
{
    public static ImmutableArray<CommandLine> Create(BridgeEntry entry)
    {
        if (entry.Kind == BridgeEntry.Linux)
            return [Ip("add", "name", entry.Name, "type", "bridge")];
        if (entry.Kind == BridgeEntry.Bond)
            return [Ip(["add", "name", entry.Name, "type", "bond", .. entry.Options])];
        var settings = new List<string>();
        if (entry.Datapath is { } datapath)
            settings.Add($"datapath_type={datapath}");
        if (entry.FailMode is { } mode)
            settings.Add($"fail_mode={mode}");
        return [Ovs(["--may-exist", "add-br", entry.Name, .. settings.Count == 0 ? [] : (string[])["--", "set", "bridge", entry.Name, .. settings]])];
    }

    /// <summary>Makes an interface a port. A bond accepts only an interface that is down.</summary>
    public static ImmutableArray<CommandLine> AddPort(BridgeEntry entry, string port, string? hardware) => entry.Kind switch
    {
        BridgeEntry.Linux => [Ip("set", port, "master", entry.Name)],
        BridgeEntry.Bond => [Ip("set", port, "down"), Ip("set", port, "master", entry.Name)],
        _ => [Ovs(["--may-exist", "add-port", entry.Name, port, .. Hardware(entry.Name, hardware)])],
    };

    public static ImmutableArray<CommandLine> AddBond(string bridge, OvsBondEntry bond, string? hardware) =>
        [Ovs(["--may-exist", "add-bond", bridge, bond.Name, .. bond.Members, .. bond.Settings, .. Hardware(bridge, hardware)])];

    public static ImmutableArray<CommandLine> AddVlan(string bridge, OvsVlanEntry vlan) =>
        [Ovs("--may-exist", "add-port", bridge, vlan.Name, $"tag={vlan.Tag}", "--", "set", "interface", vlan.Name, "type=internal")];

    public static ImmutableArray<CommandLine> RemovePort(string? kind, string bridge, string port) =>
        [kind is null ? Ovs("--if-exists", "del-port", bridge, port) : Ip("set", port, "nomaster")];

    public static ImmutableArray<CommandLine> Remove(string? kind, string name) => [kind is null ? Ovs("--if-exists", "del-br", name) : Ip("del", name)];

    // Without a limit, ovs-vsctl would wait forever for a daemon that is not running.
    public static CommandLine Ovs(params string[] arguments) => CommandLine.Of("ovs-vsctl", ["--timeout=20", .. arguments]) with { Timeout = TimeSpan.FromSeconds(30) };

    private static CommandLine Ip(params string[] arguments) => CommandLine.Of("ip", ["link", .. arguments]) with { Timeout = TimeSpan.FromSeconds(20) };

    // With the hardware address of its interface, the bridge stays the same host to its neighbours, whatever its ports are.
    private static string[] Hardware(string bridge, string? hardware) => hardware is null ? [] : ["--", "set", "bridge", bridge, $"other_config:hwaddr=\"{hardware}\""];
}
