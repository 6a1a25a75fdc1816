using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Reads the host's containers and their units with two commands, whatever their number.</summary>
public sealed class ContainerInventory(Podman podman, SystemdUnits units)
{
    /// <summary>All containers, including those that the tool does not manage.</summary>
    public async Task<HostContainers> ReadAsync(CancellationToken stop)
    {
        var containers = podman.ListAsync(stop);
        var services = units.ListAsync(stop);
        return new(await containers, await services);
    }
}
