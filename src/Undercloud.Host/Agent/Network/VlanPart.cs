using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>The kernel's VLANs. They do not survive a reboot.</summary>
internal sealed class VlanPart(IProcessRunner processes)
{
    /// <summary>Whether the wanted VLAN exists.</summary>
    public static bool Is(VlanEntry wanted, ImmutableArray<DeviceState> devices) =>
        devices.Any(device => device.Name == wanted.Name && device.Kind == "vlan" && device.VlanId == wanted.Id && device.Parent == wanted.Device);

    /// <summary>Plans a VLAN that is missing, or replaces an owned one with other settings.</summary>
    public void Apply(AgentPlan plan, VlanEntry wanted, ImmutableArray<DeviceState> devices, ImmutableArray<LinkState> links)
    {
        if (Is(wanted, devices))
            return;
        if (devices.Any(device => device.Name == wanted.Name))
        {
            if (!plan.Before.Vlans.Contains(wanted.Name))
            {
                plan.Refusals.Add($"{wanted.Name} is there and is not the VLAN {wanted.Id} of {wanted.Device}. Remove or rename it, then run this again.");
                return;
            }

            Change(plan, new("vlan", wanted.Name, "remove", "it is to be another one"), "del", wanted.Name);
        }

        if (links.All(link => link.Name != wanted.Device))
        {
            plan.Refusals.Add($"There is no interface {wanted.Device} on this node for {wanted.Name}. There are: {string.Join(", ", links.Select(l => l.Name))}. Write one of them into net_config_override's file.");
            return;
        }

        plan.Owned = plan.Owned with { Vlans = plan.Owned.Vlans.Add(wanted.Name) };
        Change(plan, new("vlan", wanted.Name, "create", $"{wanted.Id} of {wanted.Device}"), "add", "link", wanted.Device, "name", wanted.Name, "type", "vlan", "id", $"{wanted.Id}");
    }

    /// <summary>Plans the removal of owned VLANs that are no longer wanted.</summary>
    public void Prune(AgentPlan plan, NetworkManifest wanted, ImmutableArray<DeviceState> devices)
    {
        foreach (var name in plan.Before.Vlans.Except(wanted.Vlans.Select(vlan => vlan.Name)))
        {
            plan.Owned = plan.Owned with { Vlans = plan.Owned.Vlans.Remove(name) };
            if (devices.Any(device => device.Name == name && device.Kind == "vlan"))
                Change(plan, new("vlan", name, "remove"), "del", name);
        }
    }

    private void Change(AgentPlan plan, NodeChange change, params string[] arguments) => plan.Add(change, async stop =>
        (await processes.RunAsync(CommandLine.Of("ip", ["link", .. arguments]) with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow());
}
