using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>The state of interfaces: up or down, MTU, and the addresses on them.</summary>
internal sealed class LinkPart(NodeLayout layout, IProcessRunner processes)
{
    /// <summary>Plans to bring an interface up, and to set its MTU and the missing addresses. What cannot be done is refused.</summary>
    public void Apply(AgentPlan plan, InterfaceEntry entry, ImmutableArray<LinkState> links, ImmutableArray<string> defaults)
    {
        if (links.FirstOrDefault(link => link.Name == entry.Name) is not { } link)
        {
            if (!plan.Refusals.Exists(said => said.StartsWith($"There is no interface {entry.Name} on this node ", StringComparison.Ordinal)))
                plan.Refusals.Add($"There is no interface {entry.Name} on this node. There are: {string.Join(", ", links.Select(l => l.Name))}. Set local_interface to one of them.");
            return;
        }

        var owned = plan.Before.Links.GetValueOrDefault(entry.Name) ?? new(WasDown: !link.IsUp, null, []);
        var missing = entry.Addresses.Where(address => !link.Addresses.Contains(address)).ToList();
        if (defaults.Contains(entry.Name) && !plan.Before.Bridges.ContainsKey(entry.Name) && missing.Any(address => !owned.Addresses.Contains(address)))
        {
            plan.Refusals.Add(DefaultRoute(entry.Name, missing[0], links));
            return;
        }

        if (entry.Mtu is { } mtu && mtu != link.Mtu)
        {
            owned = owned with { PreviousMtu = owned.PreviousMtu ?? link.Mtu };
            Change(plan, new("link", entry.Name, "update", $"mtu {mtu}, was {link.Mtu}"), "link", "set", entry.Name, "mtu", $"{mtu}");
        }

        if (!link.IsUp)
            Change(plan, new("link", entry.Name, "update", "brought up"), "link", "set", entry.Name, "up");
        foreach (var address in missing)
        {
            LeaveOther(plan, entry.Name, address, links);
            owned = owned with { Addresses = owned.Addresses.Add(address) };
            Change(plan, new("address", address, "create", $"on {entry.Name}"), ["address", "replace", address, "dev", entry.Name, .. Options(address)]);
        }

        if (!owned.Addresses.IsEmpty || owned.PreviousMtu is not null || owned.WasDown)
            plan.Owned = plan.Owned with { Links = plan.Owned.Links.SetItem(entry.Name, owned) };
    }

    // No duplicate address detection: the services that start next need the address at once. IPv4 gets its broadcast address.
    private static string[] Options(string address) => address.Contains(':') ? ["nodad"] : ["broadcast", "+"];

    // With the same address on two interfaces the kernel would answer on both. An owned address moves; a foreign one is for the operator to decide.
    private void LeaveOther(AgentPlan plan, string name, string address, ImmutableArray<LinkState> links)
    {
        foreach (var other in links.Where(link => link.Name != name))
        {
            foreach (var same in other.Addresses.Where(has => has.Split('/')[0] == address.Split('/')[0]))
            {
                if (plan.Before.Links.GetValueOrDefault(other.Name)?.Addresses.Contains(same) == true)
                    RemoveAddress(plan, other.Name, same, $"from {other.Name}: it moves to {name}");
                else
                    plan.Refusals.Add($"{same} is already on {other.Name}, but it is wanted on {name}. "
                        + $"Remove it there (ip address del {same} dev {other.Name}), or set local_interface = {other.Name}.");
            }
        }
    }

    private static string DefaultRoute(string name, string address, ImmutableArray<LinkState> links)
    {
        var others = links.Select(link => link.Name).Where(other => other != name && other != "lo").ToList();
        return $"{name} carries this node's default route: the node is reached through it, so {address} is not added to it. "
            + (others.Count > 0 ? $"Set local_interface to another interface ({string.Join(", ", others)}), or to a dummy one " : "Use a dummy interface ")
            + "(ip link add ctlplane type dummy). "
            + $"If it must be {name}, add the address yourself (ip address add {address} dev {name}) and run this again: the interface is then not changed.";
    }

    /// <summary>Plans to remove what the tool owns on an interface and no longer wants, and to restore the interface's previous state.</summary>
    public void Prune(AgentPlan plan, string name, OwnedLink owned, InterfaceEntry? wanted, LinkState? link)
    {
        var stays = owned.Addresses.Intersect(wanted?.Addresses ?? []);
        foreach (var address in owned.Addresses.Except(stays).Where(address => link?.Addresses.Contains(address) == true))
            RemoveAddress(plan, name, address, $"from {name}");

        var after = owned with { Addresses = stays };
        if (owned.PreviousMtu is { } mtu && wanted?.Mtu is null)
        {
            after = after with { PreviousMtu = null };
            if (link is not null && link.Mtu != mtu)
                Change(plan, new("link", name, "update", $"mtu {mtu} again"), "link", "set", name, "mtu", $"{mtu}");
        }

        if (wanted is not null)
        {
            plan.Owned = plan.Owned with { Links = plan.Owned.Links.SetItem(name, after) };
            return;
        }

        plan.Owned = plan.Owned with { Links = plan.Owned.Links.Remove(name) };
        if (owned.WasDown && link is { IsUp: true } && link.Addresses.All(has => owned.Addresses.Contains(has) || LinkState.IsLinkLocal(has)))
            Change(plan, new("link", name, "update", "taken down, as it was"), "link", "set", name, "down");
    }

    private void RemoveAddress(AgentPlan plan, string link, string address, string reason) =>
        plan.Add(new("address", address, "remove", reason), async stop =>
        {
            // Without this setting the kernel removes the other addresses of a subnet, including foreign ones, with the subnet's first address.
            var promote = Path.Combine(layout.Ipv4Settings, link, "promote_secondaries");
            var before = File.Exists(promote) ? (await File.ReadAllTextAsync(promote, stop)).Trim() : "1";
            if (before == "0")
                await File.WriteAllTextAsync(promote, "1", stop);
            (await IpAsync(stop, "address", "del", address, "dev", link)).OrThrow();
            if (before == "0")
                await File.WriteAllTextAsync(promote, "0", stop);
        });

    private void Change(AgentPlan plan, NodeChange change, params string[] arguments) =>
        plan.Add(change, async stop => (await IpAsync(stop, arguments)).OrThrow());

    private Task<ProcessResult> IpAsync(CancellationToken stop, params string[] arguments) =>
        processes.RunAsync(CommandLine.Of("ip", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop);
}
