using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// Creates a node's bridges and sets the addresses of its interfaces. It needs only iproute2, and Open vSwitch where there are bridges, so that a unit
/// can run it early at boot.
/// </summary>
public sealed class NodeNetwork(NodeLayout layout, IProcessRunner processes, TimeProvider time)
{
    private static readonly NodeChange s_reverted = new("network", "the node's", "update", "an unconfirmed change is rolled back");
    private readonly OwnedStore _store = new(layout);
    private readonly LinkReader _links = new(processes, time);
    private readonly BridgePart _bridges = new(processes);
    private readonly LinkPart _interfaces = new(layout, processes);
    private readonly RoutePart _routes = new(processes);
    private readonly ResolverPart _resolver = new(layout, processes);
    private readonly NetworkGuard _guard = new(layout, processes, time);

    /// <summary>
    /// Brings the interfaces up with the wanted addresses and routes; foreign addresses and routes stay. A change that makes a peer unreachable is rolled
    /// back.
    /// </summary>
    /// <param name="manifest">The desired state.</param>
    /// <param name="wait">How long to wait for a missing interface; a check does not wait.</param>
    /// <param name="check">Whether to report the changes without making them.</param>
    /// <param name="stop">Cancels the run between two changes.</param>
    public async Task<NodeResult> ApplyAsync(NodeManifest manifest, TimeSpan wait, bool check, CancellationToken stop)
    {
        var unconfirmed = check ? null : await _guard.RevertAsync();
        var plan = await PlanAsync(manifest, wait, check, expects: true, stop);
        if (unconfirmed is not null)
            plan.Notes.Add("An earlier run left an unconfirmed change of the network." + unconfirmed);
        if (check)
        {
            KernelPart.Apply(plan, manifest.Network.KernelSettings, layout);
            return plan.Preview();
        }

        var result = plan.Refusals.Count > 0 || plan.Steps.Count == 0 ? await plan.RunAsync(_store, removes: false, stop) : await GuardedAsync(plan, stop);
        return result.Failed ? result : await ConfirmedAsync(result, manifest, stop);
    }

    /// <summary>Restores the network that was confirmed last, as at a reboot; without one, applies the manifest.</summary>
    public async Task<NodeResult> RestoreAsync(NodeManifest manifest, TimeSpan wait, bool check, CancellationToken stop)
    {
        if (!check)
            await _guard.RevertAsync();
        var plan = await PlanAsync(await ConfirmedAsync(stop) ?? manifest, wait, check, expects: false, stop);
        return check ? plan.Preview() : await plan.RunAsync(_store, removes: false, stop);
    }

    // A host with a damaged record still needs its network: the manifest is the next best source.
    private async Task<NodeManifest?> ConfirmedAsync(CancellationToken stop)
    {
        try
        {
            return File.Exists(layout.ConfirmedNetworkFile) ? ManifestJson.ReadManifest(await File.ReadAllTextAsync(layout.ConfirmedNetworkFile, stop)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Rolls back a change that no run confirmed. The timer that each change arms calls this.</summary>
    public async Task<NodeResult> RevertAsync(bool check)
    {
        return check ? new(_guard.IsArmed, _guard.IsArmed ? [s_reverted] : [])
            : await _guard.RevertAsync() is { } said ? new(true, [s_reverted]) { Notes = [said.Trim()] } : new(false, []);
    }

    private async Task<NodeResult> GuardedAsync(AgentPlan plan, CancellationToken stop)
    {
        NodeResult? result = null;
        var failure = await _guard.RunAsync(plan.Before, async () => (result = await plan.RunAsync(_store, removes: false, stop)).Message, stop);
        return failure is null ? result! : new(false, [], Failed: true, failure) { Notes = plan.Notes };
    }

    // Kernel settings cannot cut the node off, and are not part of a rollback.
    private async Task<NodeResult> ConfirmedAsync(NodeResult network, NodeManifest manifest, CancellationToken stop)
    {
        // A network that was applied before it was left alone stays, also after a reboot.
        if (!manifest.Network.IsEmpty() && !(manifest.Network.IsLeftAlone && File.Exists(layout.ConfirmedNetworkFile)))
        {
            OwnedStore.MakeStateDirectory(layout);
            AtomicFile.WriteText(layout.ConfirmedNetworkFile, ManifestJson.Write(new NodeManifest { Node = manifest.Node, Network = manifest.Network }));
        }

        var plan = new AgentPlan(_store.Load());
        KernelPart.Apply(plan, manifest.Network.KernelSettings, layout);
        var kernel = await plan.RunAsync(_store, removes: false, stop);
        return kernel with { Changed = network.Changed || kernel.Changed, Changes = [.. network.Changes, .. kernel.Changes], Notes = network.Notes };
    }

    /// <summary>Why the network cannot be applied to this node; empty when it can, or when the node cannot be read. Changes nothing.</summary>
    public async Task<ImmutableArray<string>> RefusalsAsync(NodeManifest manifest, CancellationToken stop)
    {
        try
        {
            return [.. (await PlanAsync(manifest, TimeSpan.Zero, check: true, expects: true, stop)).Refusals, .. ExpectedNetwork.Kernel(manifest.Network, KernelModules.Has)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostCommandException)
        {
            return [];
        }
    }

    private async Task<AgentPlan> PlanAsync(NodeManifest manifest, TimeSpan wait, bool check, bool expects, CancellationToken stop)
    {
        var (network, plan) = (manifest.Network, new AgentPlan(_store.Load()));
        var wanted = Wanted(plan, network);
        if (plan.Refusals.Count == 0 && (wanted.Length > 0 || network.Bridges.Count > 0 || network.ExpectedAddress is not null || network.ExpectedBridge is not null))
        {
            var devices = await DeviceState.ReadAsync(processes, stop);
            var bridges = await BridgesAsync(plan, network, devices, check, stop);
            var made = BridgePart.Made(network, bridges, devices, plan.Before).ToHashSet(StringComparer.Ordinal);
            var needed = wanted.Select(entry => entry.Name).Concat(network.Bridges.SelectMany(entry => entry.Ports)).Except(made);
            var links = await _links.LinksAsync([.. needed], check ? TimeSpan.Zero : wait, stop);
            var needs = await _links.NeededAsync(links, stop);
            if (plan.Refusals.Count == 0)
                _bridges.Apply(plan, network, bridges, devices, links, needs);
            PortMaster.RefuseAddresses(plan, network, links, bridges, devices);
            ExpectedNetwork.Check(plan, expects ? network : new(), bridges, links);

            // The state after the bridges are created: a new link has no addresses, and a port's addresses and routes may have moved to its bridge.
            var routes = PortMoves.Moved(network, [.. (await _routes.ReadAsync(plan, network, stop)).Where(route => !made.Contains(route.Device ?? ""))], links, plan.Before);
            links = PortMoves.Moved(network, [.. links.Where(link => !made.Contains(link.Name)), .. made.Select(name => new LinkState(name, IsUp: false, 1500, []))], plan.Before);
            foreach (var entry in wanted)
            {
                _interfaces.Apply(plan, entry, links, needs.DefaultRoutes);
                _routes.Apply(plan, entry, routes);
            }
        }

        if (plan.Refusals.Count == 0)
            _resolver.Apply(plan, network.Nameservers);
        return plan;
    }

    /// <summary>Removes owned addresses, routes, bridges and settings that are no longer wanted, and restores the previous state of interfaces.</summary>
    public async Task<NodeResult> PruneAsync(NodeManifest manifest, bool check, CancellationToken stop)
    {
        var plan = new AgentPlan(_store.Load());
        var wanted = Wanted(plan, manifest.Network).ToDictionary(entry => entry.Name);
        var leaves = manifest.Network.IsLeftAlone;
        if (plan.Refusals.Count == 0 && !plan.Before.Links.IsEmpty && !leaves)
        {
            var links = await _links.LinksAsync([], TimeSpan.Zero, stop);
            var routes = await _routes.ReadAsync(plan, manifest.Network, stop);
            foreach (var (name, owned) in plan.Before.Links)
            {
                var stays = _routes.Prune(plan, name, owned, wanted.GetValueOrDefault(name), routes);
                _interfaces.Prune(plan, name, owned with { Routes = stays }, wanted.GetValueOrDefault(name), links.FirstOrDefault(link => link.Name == name));
            }
        }

        if (plan.Refusals.Count == 0 && !(plan.Before.Bridges.IsEmpty && plan.Before.Vlans.IsEmpty) && !leaves)
        {
            var devices = await DeviceState.ForAsync(plan.Before, manifest.Network, processes, stop);
            _bridges.Prune(plan, manifest.Network, [.. await _bridges.ReadAsync(stop) ?? [], .. DeviceState.Bridges(devices)], devices);
        }

        if (!leaves)
            _resolver.Prune(plan, manifest.Network.Nameservers);
        KernelPart.Prune(plan, manifest.Network.KernelSettings, layout);
        if (check)
            return plan.Preview();
        var result = await plan.RunAsync(_store, removes: true, stop);
        if (!result.Failed && manifest.Network.IsEmpty())
            File.Delete(layout.ConfirmedNetworkFile);
        if (!result.Failed)
            _store.Tidy(plan.Owned, all: plan.Owned.IsEmpty && manifest.IsEmpty());
        return result;
    }

    // Before the first installation, a check may find no Open vSwitch: its package is installed before the network is applied.
    private async Task<ImmutableArray<BridgeState>> BridgesAsync(AgentPlan plan, NetworkManifest network, ImmutableArray<DeviceState> devices, bool check, CancellationToken stop)
    {
        if (network.Bridges.Count == 0 && plan.Before.Bridges.IsEmpty && network.ExpectedBridge is null)
            return [];
        var bridges = await _bridges.ReadAsync(stop);
        if (bridges is null && network.Bridges.FirstOrDefault(bridge => bridge.Kind is null) is { } first && !check)
        {
            plan.Refusals.Add($"{first.Name} is to be a bridge of Open vSwitch, and there is no ovs-vsctl on this node. "
                + "Install it (apt-get install openvswitch-switch) and run this again.");
        }

        return [.. bridges ?? [], .. DeviceState.Bridges(devices)];
    }

    private static ImmutableArray<InterfaceEntry> Wanted(AgentPlan plan, NetworkManifest network)
    {
        foreach (var address in network.Interfaces.SelectMany(entry => entry.Addresses).Where(text => LinkState.Canonical(text) is null))
            plan.Refusals.Add($"'{address}' is no address with prefix length, such as 192.168.24.1/24.");
        foreach (var name in network.Bridges.SelectMany(bridge => bridge.Ports.Prepend(bridge.Name)).Concat(network.Interfaces.Select(entry => entry.Name)).Distinct())
        {
            if (HostName.ProblemOfInterface(name) is { } problem)
                plan.Refusals.Add($"'{name}' {problem}.");
        }

        foreach (var twice in network.Interfaces.GroupBy(entry => entry.Name).Where(same => same.Count() > 1))
            plan.Refusals.Add($"The interface {twice.Key} is given more than once.");
        return plan.Refusals.Count > 0
            ? []
            : [.. network.Interfaces.Select(entry => entry with { Addresses = [.. entry.Addresses.Select(text => LinkState.Canonical(text)!)] })];
    }
}
