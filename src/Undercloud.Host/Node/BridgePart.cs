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
    /// <param name="needed">Those that the node is reached by.</param>
    public void Apply(
        NodePlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links, NeededLinks needed)
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
                if (Refusal(plan, entry, port, bridges, links, port == wanted.Consented ? null : needed) is { } refusal)
                    plan.Refusals.Add(refusal);
                AddPort(plan, entry, port, links);
                owned = owned with { Ports = owned.Ports.Add(port) };
            }

            if (bridge is not null && entry.Ports is [var first, ..] && bridge.Ports.Contains(first) && owned.Ports.Contains(first))
                Follow(plan, entry.Name, first, links);

            foreach (var port in entry.Ports.Where(port => port == wanted.Consented))
            {
                var foreign = Foreign(plan.Before, links.FirstOrDefault(link => link.Name == port));
                owned = owned with { Moved = owned.Moved.Union(foreign.Select(address => $"{address} {port}")) };
                Move(plan, port, entry.Name, foreign);
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
            var stays = owned.Ports.Intersect(entry?.Ports ?? []);
            var returned = Return(plan, name, owned, stays, bridge);
            if (entry is null && owned.Created)
            {
                if (bridge is not null)
                    Change(plan, new("bridge", name, "remove"), "--if-exists", "del-br", name);
                plan.Owned = plan.Owned with { Bridges = plan.Owned.Bridges.Remove(name) };
                continue;
            }

            foreach (var port in owned.Ports.Except(stays).Except(returned).Where(port => bridge?.Ports.Contains(port) == true))
                RemovePort(plan, name, port);
            plan.Owned = plan.Owned with
            {
                Bridges = entry is null ? plan.Owned.Bridges.Remove(name) : plan.Owned.Bridges.SetItem(name, owned with { Ports = stays, Moved = [.. owned.Moved.Where(moved => stays.Contains(PortOf(moved)))] }),
            };
        }
    }

    // Addresses that came along with a port go back with it; the ports are returned.
    private List<string> Return(NodePlan plan, string name, OwnedBridge owned, ImmutableSortedSet<string> stays, BridgeState? bridge)
    {
        var ports = new List<string>();
        foreach (var moved in owned.Moved.GroupBy(PortOf, text => text.Split(' ')[0]).Where(port => !stays.Contains(port.Key)))
        {
            if (bridge?.Ports.Contains(moved.Key) == true)
                RemovePort(plan, name, moved.Key);
            Move(plan, name, moved.Key, moved);
            ports.Add(moved.Key);
        }

        return ports;
    }

    private static string PortOf(string moved) => moved.Split(' ')[1];

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
        NodePlan plan, BridgeEntry entry, string port, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links, NeededLinks? needed)
    {
        if (links.FirstOrDefault(link => link.Name == port) is not { } link)
            return $"There is no interface {port} on this node for {entry.Name}. There are: {string.Join(", ", links.Select(l => l.Name))}. Set local_interface to one of them.";
        var consent = $"Set local_interface to another interface; or, if it must be {port}, the parameter ControlPlaneInterfaceConsent: its addresses and routes then move to {entry.Name}.";
        if (needed?.DefaultRoutes.Contains(port) == true)
            return $"{port} carries this node's default route: as a port of {entry.Name} it would lose it, and the node its connection. {consent}";
        if (needed?.Sessions.Contains(port) == true)
            return $"{port} is where somebody is connected to this node by SSH: as a port of {entry.Name} it would end that. {consent}";

        if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(port)) is { } other)
            return $"{port} is a port of the bridge {other.Name}. Take it out (ovs-vsctl del-port {other.Name} {port}), or set local_interface to another interface.";
        return needed is not null && Foreign(plan.Before, link).FirstOrDefault() is { } foreign
            ? $"{port} has the address {foreign}, which nobody could reach any more with {port} a port of {entry.Name}. "
                + $"Take it away (ip address del {foreign} dev {port}), or set local_interface to another interface."
            : null;
    }

    private static IEnumerable<string> Foreign(OwnedState before, LinkState? link) =>
        (link?.Addresses ?? []).Where(address => !LinkState.IsLinkLocal(address) && before.Links.GetValueOrDefault(link!.Name)?.Addresses.Contains(address) != true);

    /// <summary>The interfaces as they will be when the addresses of a port that was consented to are on its bridge.</summary>
    public static ImmutableArray<LinkState> Moved(NetworkManifest wanted, ImmutableArray<LinkState> links, OwnedState before)
    {
        if (wanted.Bridges.FirstOrDefault(bridge => bridge.Ports.Contains(wanted.Consented)) is not { } over)
            return links;
        ImmutableArray<string> moved = [.. Foreign(before, links.FirstOrDefault(link => link.Name == wanted.Consented))];
        return
        [
            .. links.Select(link => link.Name == wanted.Consented ? link with { Addresses = [.. link.Addresses.Except(moved)] }
                : link.Name == over.Name ? link with { Addresses = [.. link.Addresses.Union(moved)] } : link),
        ];
    }

    // The routes go when the last address does, so they are read before.
    private void Move(NodePlan plan, string from, string to, IEnumerable<string> addresses)
    {
        ImmutableArray<string> moved = [.. addresses];
        if (moved.IsEmpty)
            return;
        plan.Add(new("address", string.Join(", ", moved), "update", $"from {from} to {to}, with its routes"), async stop =>
        {
            var routes = (await RoutesOfAsync(from, "-4", stop)).Concat(await RoutesOfAsync(from, "-6", stop)).ToList();
            await IpAsync(stop, "link", "set", to, "up");
            foreach (var address in moved)
            {
                await processes.RunAsync(CommandLine.Of("ip", "address", "del", address, "dev", from), stop);
                await IpAsync(stop, ["address", "replace", address, "dev", to, .. address.Contains(':') ? (string[])["nodad"] : ["broadcast", "+"]]);
            }

            foreach (var route in routes)
                await IpAsync(stop, [.. route.Select(word => word == from ? to : word)]);
        });
    }

    private async Task<IEnumerable<string[]>> RoutesOfAsync(string name, string family, CancellationToken stop)
    {
        var shown = await processes.RunAsync(CommandLine.Of("ip", family, "route", "show", "dev", name), stop);
        return shown.Output.Split('\n').Select(NetworkRestore.Replayable).OfType<string>()
            .OrderBy(line => line.Contains(" via ", StringComparison.Ordinal))
            .Select(line => (string[])[family, "route", "replace", .. line.Split(' '), "dev", name]).ToList();
    }

    private async Task IpAsync(CancellationToken stop, params string[] arguments) =>
        (await processes.RunAsync(CommandLine.Of("ip", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow();

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

    // A card that was replaced has another address, and its neighbours would go on sending to the one that nobody has any more.
    private void Follow(NodePlan plan, string bridge, string port, ImmutableArray<LinkState> links)
    {
        var hardware = links.FirstOrDefault(link => link.Name == port)?.Hardware;
        if (hardware is not null && links.FirstOrDefault(link => link.Name == bridge)?.Hardware is { } old && old != hardware)
            Change(plan, new("bridge", bridge, "update", $"{port} has another hardware address now"), "set", "bridge", bridge, $"other_config:hwaddr=\"{hardware}\"");
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
