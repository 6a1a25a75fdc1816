using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>What containers and container units a host has: two commands, whatever their number.</summary>
public sealed class ContainerInventory(Podman podman, SystemdUnits units)
{
    /// <summary>All of them, ours or not.</summary>
    public async Task<HostContainers> ReadAsync(CancellationToken stop)
    {
        var containers = podman.ListAsync(stop);
        var services = units.ListAsync(stop);
        return new(await containers, await services);
    }
}
