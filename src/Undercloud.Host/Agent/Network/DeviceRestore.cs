using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>Rolls the kernel's bridges, bonds and VLANs back: removes those that a change created, and creates those that it removed.</summary>
internal sealed class DeviceRestore(NodeLayout layout, IProcessRunner processes)
{
    public async Task ApplyAsync(NetworkSnapshot before, ImmutableArray<string>.Builder failures, CancellationToken stop)
    {
        var made = new OwnedStore(layout).Load();
        var now = await DeviceState.ReadAsync(processes, stop);
        foreach (var name in made.Vlans.Except(before.Owned.Vlans).Concat(Kernels(made).Except(Kernels(before.Owned))).Where(name => now.Any(device => device.Name == name)))
            await RunAsync(failures, stop, "del", name);
        foreach (var device in before.Devices.Where(device => now.All(there => there.Name != device.Name)))
            await AgainAsync(device, before.Owned, failures, stop);

        // Open vSwitch manages its own ports.
        now = await DeviceState.ReadAsync(processes, stop);
        foreach (var (name, _, master, _, _) in before.Devices.Where(device => device.Master != PortMaster.OvsMaster))
        {
            if (now.FirstOrDefault(device => device.Name == name) is not { } there || there.Master == master || there.Master == PortMaster.OvsMaster)
                continue;
            if (before.Devices.Any(device => device.Name == master && device.Kind == "bond"))
                await RunAsync(failures, stop, "set", name, "down");
            await RunAsync(failures, stop, master is null ? ["set", name, "nomaster"] : ["set", name, "master", master]);
        }
    }

    private static IEnumerable<string> Kernels(OwnedState owned) => owned.Bridges.Where(bridge => bridge.Value is { Created: true, Kind: not null }).Select(bridge => bridge.Key);

    private Task AgainAsync(DeviceState device, OwnedState owned, ImmutableArray<string>.Builder failures, CancellationToken stop) => device switch
    {
        { Kind: "vlan", Parent: { } parent } when owned.Vlans.Contains(device.Name) =>
            RunAsync(failures, stop, "add", "link", parent, "name", device.Name, "type", "vlan", "id", $"{device.VlanId}"),
        { Kind: "bridge" or "bond" } when owned.Bridges.GetValueOrDefault(device.Name) is { Created: true } bridge =>
            RunAsync(failures, stop, ["add", "name", device.Name, "type", device.Kind, .. bridge.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]),
        _ => Task.CompletedTask,
    };

    private async Task RunAsync(ImmutableArray<string>.Builder failures, CancellationToken stop, params string[] arguments)
    {
        var result = await processes.RunAsync(CommandLine.Of("ip", ["link", .. arguments]) with { Timeout = TimeSpan.FromSeconds(15) }, stop);
        if (!result.Succeeded)
            failures.Add($"{result.Command}: {result.Tail(2)}");
    }
}
