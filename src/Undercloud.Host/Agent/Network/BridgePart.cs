using System.Collections.Immutable;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// Bridges of Open vSwitch and of the kernel, and bonds: missing ones are created with their ports. Open vSwitch restores its bridges at a reboot; the
/// kernel's bridges, and addresses, have to be created again.
/// </summary>
internal sealed class BridgePart(IProcessRunner processes)
{
    private readonly PortMoves _moves = new(processes);
    private readonly VlanPart _vlans = new(processes);

    /// <summary>The bridges of Open vSwitch; null when it is not installed.</summary>
    /// <exception cref="HostCommandException">Open vSwitch is installed and does not answer.</exception>
    public async Task<ImmutableArray<BridgeState>?> ReadAsync(CancellationToken stop)
    {
        var names = await processes.RunAsync(LinkCommands.Ovs("list-br"), stop);
        if (names.ExitCode == 127)
            return null;
        var bridges = ImmutableArray.CreateBuilder<BridgeState>();
        foreach (var name in Lines(names))
        {
            bridges.Add(new(name, [.. Lines(await processes.RunAsync(LinkCommands.Ovs("list-ports", name), stop))])
            {
                Interfaces = [.. Lines(await processes.RunAsync(LinkCommands.Ovs("list-ifaces", name), stop))],
            });
        }

        return bridges.ToImmutable();
    }

    /// <summary>The names of interfaces that the wanted bridges and VLANs create. Addresses and routes of an existing interface of that name are lost.</summary>
    public static IEnumerable<string> Made(NetworkManifest wanted, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices, OwnedState before)
    {
        foreach (var entry in wanted.Bridges)
        {
            var there = There(entry, bridges, before);
            if (there is null)
                yield return entry.Name;
            foreach (var vlan in entry.Vlans.Where(vlan => there?.Ports.Contains(vlan.Name) != true))
                yield return vlan.Name;
        }

        foreach (var vlan in wanted.Vlans.Where(vlan => !VlanPart.Is(vlan, devices)))
            yield return vlan.Name;
    }

    /// <summary>Plans the missing bridges and VLANs, and their ports.</summary>
    /// <param name="plan">The plan to add to.</param>
    /// <param name="wanted">The wanted bridges and interfaces.</param>
    /// <param name="bridges">The existing bridges.</param>
    /// <param name="devices">The interfaces with their kinds and masters.</param>
    /// <param name="links">The existing interfaces.</param>
    /// <param name="needed">The interfaces through which the node is reached.</param>
    public void Apply(
        AgentPlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices, ImmutableArray<LinkState> links, NeededLinks needed)
    {
        var released = Release(plan, wanted, bridges);
        var made = Made(wanted, bridges, devices, plan.Before).Where(name => links.All(link => link.Name != name)).Distinct().ToList();
        ImmutableArray<LinkState> known = [.. links, .. made.Select(name => new LinkState(name, IsUp: false, 1500, []))];
        foreach (var link in LinkOrder.Of(wanted))
        {
            if (link is VlanEntry vlan)
                _vlans.Apply(plan, vlan, devices, known);
            else if (link is BridgeEntry entry)
                Apply(plan, wanted, entry, bridges, new(links, known, released, needed, devices));
        }
    }

    /// <summary>Plans the removal of owned bridges and ports that are no longer wanted.</summary>
    public void Prune(AgentPlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices)
    {
        _vlans.Prune(plan, wanted, devices);
        foreach (var (name, owned) in plan.Before.Bridges)
        {
            var entry = wanted.Bridges.FirstOrDefault(bridge => bridge.Name == name);
            var bridge = bridges.FirstOrDefault(there => there.Name == name && there.Kind == owned.Kind);
            var stays = owned.Ports.Intersect(entry is null ? [] : PortsOf(entry));
            var returned = Return(plan, name, owned, stays, bridge);
            if (entry is null && owned.Created)
            {
                if (bridge is not null)
                    Change(plan, new(Word(owned.Kind), name, "remove"), LinkCommands.Remove(owned.Kind, name));
                plan.Owned = plan.Owned with { Bridges = plan.Owned.Bridges.Remove(name) };
                continue;
            }

            foreach (var port in owned.Ports.Except(stays).Except(returned).Where(port => bridge?.Ports.Contains(port) == true))
                RemovePort(plan, owned.Kind, name, port);
            plan.Owned = plan.Owned with
            {
                Bridges = entry is null ? plan.Owned.Bridges.Remove(name) : plan.Owned.Bridges.SetItem(name, owned with
                {
                    Ports = stays,
                    Moved = [.. owned.Moved.Where(moved => stays.Contains(PortOf(moved)))],
                    Bonds = owned.Bonds.RemoveRange(owned.Bonds.Keys.Except(stays)),
                }),
            };
        }
    }

    private void Apply(AgentPlan plan, NetworkManifest wanted, BridgeEntry entry, ImmutableArray<BridgeState> bridges, PortScene scene)
    {
        var bridge = There(entry, bridges, plan.Before);
        var before = plan.Before.Bridges.GetValueOrDefault(entry.Name);
        if (bridge is null && scene.Links.Any(link => link.Name == entry.Name))
        {
            if (before is not { Created: true })
            {
                plan.Refusals.Add($"{entry.Name} is there and is no {Kind(entry.Kind)}. Remove or rename it, then run this again.");
                return;
            }

            Change(plan, new(Word(before.Kind), entry.Name, "remove", "it is made anew"), LinkCommands.Remove(before.Kind, entry.Name));
            before = null;
        }

        var owned = (before ?? new(Created: bridge is null, [])) with { Kind = entry.Kind, Options = string.Join(' ', entry.Options) };
        if (bridge is null)
            Change(plan, new(Word(entry.Kind), entry.Name, "create", Made(entry)), LinkCommands.Create(entry));
        foreach (var port in entry.Ports.Where(port => bridge?.Ports.Contains(port) != true))
        {
            Refuse(plan, wanted, entry, port, bridges, scene);
            Change(plan, new("port", port, "create", $"in {entry.Name}"), LinkCommands.AddPort(entry, port, port == entry.Ports[0] ? scene.HardwareOf(port) : null));
            owned = owned with { Ports = owned.Ports.Add(port) };
        }

        foreach (var bond in entry.Bonds)
            owned = Bond(plan, wanted, entry, bond, bridges, scene, bridge, owned);
        foreach (var vlan in entry.Vlans.Where(vlan => bridge?.Ports.Contains(vlan.Name) != true))
        {
            Change(plan, new("port", vlan.Name, "create", $"in {entry.Name}, VLAN {vlan.Tag}"), LinkCommands.AddVlan(entry.Name, vlan));
            owned = owned with { Ports = owned.Ports.Add(vlan.Name) };
        }

        if (entry.Kind is null && bridge is not null && entry.Ports is [var first, ..] && bridge.Ports.Contains(first) && owned.Ports.Contains(first))
            Follow(plan, entry.Name, first, scene.Links);

        foreach (var port in entry.Ports.Where(port => PortMoves.Consented(wanted, entry.Name, port, scene.Links, plan.Before)))
        {
            var foreign = PortMoves.Foreign(plan.Before, scene.Links.FirstOrDefault(link => link.Name == port));
            owned = owned with { Moved = owned.Moved.Union(foreign.Select(address => $"{address} {port}")) };
            _moves.Move(plan, port, entry.Name, foreign);
        }

        if (owned.Created || !owned.Ports.IsEmpty)
            plan.Owned = plan.Owned with { Bridges = plan.Owned.Bridges.SetItem(entry.Name, owned) };
    }

    // list-ports does not show a bond's members and settings, so those it was created with are recorded.
    private OwnedBridge Bond(
        AgentPlan plan, NetworkManifest wanted, BridgeEntry entry, OvsBondEntry bond, ImmutableArray<BridgeState> bridges, PortScene scene, BridgeState? bridge, OwnedBridge owned)
    {
        var made = string.Join(' ', [.. bond.Members, .. bond.Settings]);
        var recorded = owned.Bonds.GetValueOrDefault(bond.Name);
        var there = bridge?.Ports.Contains(bond.Name) == true;
        if (there && (recorded is null || recorded == made))
            return owned;
        if (there)
            RemovePort(plan, null, entry.Name, bond.Name);
        foreach (var member in bond.Members.Where(member => recorded?.Split(' ').Contains(member) != true))
            Refuse(plan, wanted, entry, member, bridges, scene);
        Change(
            plan, new("bond", bond.Name, "create", $"of {string.Join(", ", bond.Members)} in {entry.Name}"),
            LinkCommands.AddBond(entry.Name, bond, entry.Ports.Count == 0 && bond == entry.Bonds[0] ? scene.HardwareOf(bond.Members[0]) : null));
        return owned with { Ports = owned.Ports.Add(bond.Name), Bonds = owned.Bonds.SetItem(bond.Name, made) };
    }

    // The bridge with that name and kind. An owned bond with other options does not count: its options can only be set when it is created.
    private static BridgeState? There(BridgeEntry entry, ImmutableArray<BridgeState> bridges, OwnedState before) =>
        before.Bridges.GetValueOrDefault(entry.Name) is { Created: true } owned && owned.Kind == entry.Kind && owned.Options != string.Join(' ', entry.Options)
            ? null
            : bridges.FirstOrDefault(there => there.Name == entry.Name && there.Kind == entry.Kind);

    private static IEnumerable<string> PortsOf(BridgeEntry entry) => [.. entry.Ports, .. entry.Bonds.Select(bond => bond.Name), .. entry.Vlans.Select(vlan => vlan.Name)];

    // Addresses that moved with a port move back to it. Returns these ports.
    private List<string> Return(AgentPlan plan, string name, OwnedBridge owned, ImmutableSortedSet<string> stays, BridgeState? bridge)
    {
        var ports = new List<string>();
        foreach (var moved in owned.Moved.GroupBy(PortOf, text => text.Split(' ')[0]).Where(port => !stays.Contains(port.Key)))
        {
            if (bridge?.Ports.Contains(moved.Key) == true)
                RemovePort(plan, owned.Kind, name, moved.Key);
            _moves.Move(plan, name, moved.Key, moved);
            ports.Add(moved.Key);
        }

        return ports;
    }

    private static string PortOf(string moved) => moved.Split(' ')[1];

    // An interface that is wanted by itself, or as a port of another bridge, has to leave the bridge that it is in.
    private HashSet<string> Release(AgentPlan plan, NetworkManifest wanted, ImmutableArray<BridgeState> bridges)
    {
        var released = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in wanted.Interfaces.Select(entry => entry.Name))
        {
            if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(name)) is { } bridge
                && !wanted.Bridges.Any(entry => entry.Name == bridge.Name && entry.Kind == bridge.Kind && PortsOf(entry).Contains(name))
                && plan.Before.Bridges.GetValueOrDefault(bridge.Name)?.Ports.Contains(name) == true)
            {
                RemovePort(plan, bridge.Kind, bridge.Name, name);
                released.Add(name);
            }
        }

        return released;
    }

    private static void Refuse(AgentPlan plan, NetworkManifest wanted, BridgeEntry entry, string port, ImmutableArray<BridgeState> bridges, PortScene scene)
    {
        if (scene.Refusal(plan.Before, entry, port, bridges, PortMoves.Consented(wanted, entry.Name, port, scene.Links, plan.Before)) is { } refusal)
            plan.Refusals.Add(refusal);
    }

    // A replaced card has another hardware address. Without this, neighbours would still send to the old one.
    private void Follow(AgentPlan plan, string bridge, string port, ImmutableArray<LinkState> links)
    {
        var hardware = links.FirstOrDefault(link => link.Name == port)?.Hardware;
        if (hardware is not null && links.FirstOrDefault(link => link.Name == bridge)?.Hardware is { } old && old != hardware)
            Change(plan, new("bridge", bridge, "update", $"{port} has another hardware address now"), [LinkCommands.Ovs("set", "bridge", bridge, $"other_config:hwaddr=\"{hardware}\"")]);
    }

    private void RemovePort(AgentPlan plan, string? kind, string bridge, string port) =>
        Change(plan, new("port", port, "remove", $"from {bridge}"), LinkCommands.RemovePort(kind, bridge, port));

    private void Change(AgentPlan plan, NodeChange change, ImmutableArray<CommandLine> commands) => plan.Add(change, async stop =>
    {
        foreach (var command in commands)
            (await processes.RunAsync(command, stop)).OrThrow();
    });

    private static string Word(string? kind) => kind == BridgeEntry.Bond ? "bond" : "bridge";

    private static string Kind(string? kind) => kind switch
    {
        BridgeEntry.Bond => "bond",
        BridgeEntry.Linux => "bridge of the kernel's",
        _ => "bridge of Open vSwitch",
    };

    private static string Made(BridgeEntry entry) => entry.Kind switch
    {
        BridgeEntry.Bond => string.Join(' ', entry.Options),
        BridgeEntry.Linux => "the kernel's",
        _ => $"Open vSwitch{(entry.Datapath is null ? "" : $", {entry.Datapath} datapath")}",
    };

    private static string[] Lines(ProcessResult result) => result.OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
