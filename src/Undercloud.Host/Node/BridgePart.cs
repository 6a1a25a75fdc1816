using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Node;

/// <summary>
/// The bridges of Open vSwitch: made with their ports when they are missing. It remembers them itself, over restarts of the host too;
/// only addresses have to be put back.
/// </summary>
internal sealed class BridgePart(IProcessRunner processes)
{
    /// <summary>The bridges there are; null when Open vSwitch is not installed.</summary>
    /// <exception cref="HostCommandException">It is there and does not answer.</exception>
    public async Task<ImmutableArray<BridgeState>?> ReadAsync(CancellationToken stop)
    {
        var names = await RunAsync(stop, "list-br");
        if (names.ExitCode == 127)
            return null;
        var bridges = ImmutableArray.CreateBuilder<BridgeState>();
        foreach (var name in Lines(names))
            bridges.Add(new(name, [.. Lines(await RunAsync(stop, "list-ports", name))]));
        return bridges.ToImmutable();
    }

    /// <summary>Plans the bridges that are missing, and their ports.</summary>
    /// <param name="plan">The plan to add to.</param>
    /// <param name="wanted">The bridges and interfaces wanted.</param>
    /// <param name="bridges">The bridges there are.</param>
    /// <param name="links">The interfaces there are.</param>
    /// <param name="defaults">Those that carry a default route.</param>
    public void Apply(
        NodePlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links, ImmutableArray<string> defaults)
    {
        Release(plan, wanted, bridges);
        foreach (var entry in wanted.Bridges)
        {
            var bridge = bridges.FirstOrDefault(there => there.Name == entry.Name);
            if (bridge is null && links.Any(link => link.Name == entry.Name))
            {
                plan.Refusals.Add($"{entry.Name} is there and is no bridge of Open vSwitch. Remove or rename it, then run this again.");
                continue;
            }

            var owned = plan.Before.Bridges.GetValueOrDefault(entry.Name) ?? new(Created: bridge is null, []);
            if (bridge is null)
                Create(plan, entry);
            foreach (var port in entry.Ports.Where(port => bridge?.Ports.Contains(port) != true))
            {
                if (Refusal(plan, entry, port, bridges, links, defaults) is { } refusal)
                    plan.Refusals.Add(refusal);
                AddPort(plan, entry, port, links);
                owned = owned with { Ports = owned.Ports.Add(port) };
            }

            if (owned.Created || !owned.Ports.IsEmpty)
                plan.Owned = plan.Owned with { Bridges = plan.Owned.Bridges.SetItem(entry.Name, owned) };
        }
    }

    /// <summary>Plans the removal of what is ours and no longer wanted.</summary>
    public void Prune(NodePlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges)
    {
        foreach (var (name, owned) in plan.Before.Bridges)
        {
            var entry = wanted.Bridges.FirstOrDefault(bridge => bridge.Name == name);
            var bridge = bridges.FirstOrDefault(there => there.Name == name);
            if (entry is null && owned.Created)
            {
                if (bridge is not null)
                    Change(plan, new("bridge", name, "remove"), "--if-exists", "del-br", name);
                plan.Owned = plan.Owned with { Bridges = plan.Owned.Bridges.Remove(name) };
                continue;
            }

            var stays = owned.Ports.Intersect(entry?.Ports ?? []);
            foreach (var port in owned.Ports.Except(stays).Where(port => bridge?.Ports.Contains(port) == true))
                RemovePort(plan, name, port);
            plan.Owned = plan.Owned with
            {
                Bridges = entry is null ? plan.Owned.Bridges.Remove(name) : plan.Owned.Bridges.SetItem(name, owned with { Ports = stays }),
            };
        }
    }

    // An interface that is wanted by itself again works only outside of the bridge.
    private void Release(NodePlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges)
    {
        var ports = wanted.Bridges.SelectMany(bridge => bridge.Ports).ToHashSet();
        foreach (var entry in wanted.Interfaces.Where(entry => !ports.Contains(entry.Name)))
        {
            if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(entry.Name)) is { } bridge
                && plan.Before.Bridges.GetValueOrDefault(bridge.Name)?.Ports.Contains(entry.Name) == true)
            {
                RemovePort(plan, bridge.Name, entry.Name);
            }
        }
    }

    private static string? Refusal(
        NodePlan plan, BridgeEntry entry, string port, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links, ImmutableArray<string> defaults)
    {
        if (links.FirstOrDefault(link => link.Name == port) is not { } link)
            return $"There is no interface {port} on this node for {entry.Name}. There are: {string.Join(", ", links.Select(l => l.Name))}. Set local_interface to one of them.";
        if (defaults.Contains(port))
        {
            return $"{port} carries this node's default route: as a port of {entry.Name} it would lose it, and the node its connection. "
                + "Set local_interface to another interface.";
        }

        if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(port)) is { } other)
            return $"{port} is a port of the bridge {other.Name}. Take it out (ovs-vsctl del-port {other.Name} {port}), or set local_interface to another interface.";
        var ours = plan.Before.Links.GetValueOrDefault(port)?.Addresses ?? [];
        return link.Addresses.FirstOrDefault(address => !LinkState.IsLinkLocal(address) && !ours.Contains(address)) is { } foreign
            ? $"{port} has the address {foreign}, which nobody could reach any more with {port} a port of {entry.Name}. "
                + $"Take it away (ip address del {foreign} dev {port}), or set local_interface to another interface."
            : null;
    }

    private void Create(NodePlan plan, BridgeEntry entry)
    {
        var settings = new List<string>();
        if (entry.Datapath is { } datapath)
            settings.Add($"datapath_type={datapath}");
        if (entry.FailMode is { } mode)
            settings.Add($"fail_mode={mode}");
        Change(plan, new("bridge", entry.Name, "create", $"Open vSwitch{(entry.Datapath is null ? "" : $", {entry.Datapath} datapath")}"), [
            "--may-exist", "add-br", entry.Name, .. settings.Count == 0 ? [] : (string[])["--", "set", "bridge", entry.Name, .. settings]]);
    }

    // With the hardware address of its interface the bridge is the same host to its neighbours, whatever ports come and go.
    private void AddPort(NodePlan plan, BridgeEntry entry, string port, ImmutableArray<LinkState> links)
    {
        var hardware = port == entry.Ports[0] ? links.FirstOrDefault(link => link.Name == port)?.Hardware : null;
        Change(plan, new("port", port, "create", $"in {entry.Name}"), [
            "--may-exist", "add-port", entry.Name, port,
            .. hardware is null ? [] : (string[])["--", "set", "bridge", entry.Name, $"other_config:hwaddr=\"{hardware}\""]]);
    }

    private void RemovePort(NodePlan plan, string bridge, string port) =>
        Change(plan, new("port", port, "remove", $"from {bridge}"), "--if-exists", "del-port", bridge, port);

    private void Change(NodePlan plan, NodeChange change, params string[] arguments) =>
        plan.Add(change, async stop => (await RunAsync(stop, arguments)).OrThrow());

    private static string[] Lines(ProcessResult result) => result.OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Without a limit it waits for a daemon that is not there for ever.
    private Task<ProcessResult> RunAsync(CancellationToken stop, params string[] arguments) =>
        processes.RunAsync(CommandLine.Of("ovs-vsctl", ["--timeout=20", .. arguments]) with { Timeout = TimeSpan.FromSeconds(30) }, stop);
}
