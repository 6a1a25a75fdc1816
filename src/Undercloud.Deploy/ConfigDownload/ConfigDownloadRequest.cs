using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The input of a project.</summary>
/// <param name="Stack">The stack's name; the inventory has a group of that name.</param>
/// <param name="Outputs">The outputs of tripleo-heat-templates' root stack.</param>
public sealed record ConfigDownloadRequest(string Stack, MapValue Outputs)
{
    /// <summary>The layout; null derives it from the outputs.</summary>
    public ConfigDownloadLayout? Layout { get; init; }

    /// <summary>The software deployments of all nested stacks, in the order they were made.</summary>
    public ImmutableArray<ServerDeployment> Deployments { get; init; } = [];

    /// <summary>The text of each network configuration by the id that HostnameNetworkConfigMap or RoleNetworkConfigMap has for it.</summary>
    public IReadOnlyDictionary<string, string> NetworkConfigs { get; init; } = ImmutableDictionary<string, string>.Empty;

    public InventoryOptions Inventory { get; init; } = new();
}
