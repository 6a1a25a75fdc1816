using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent.Network;

/// <summary>A bridge as Open vSwitch or the kernel has it, or a bond.</summary>
internal sealed record BridgeState(string Name, ImmutableArray<string> Ports)
{
    /// <summary>As <see cref="Undercloud.Deploy.Manifests.BridgeEntry.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The interfaces of Open vSwitch's ports: a bond's members too, which are no ports. No part of what is put back.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Interfaces { get; init; } = [];
}

/// <summary>Interfaces by which the node is reached.</summary>
/// <param name="DefaultRoutes">Those that carry its default route.</param>
/// <param name="Sessions">Those that somebody is connected through by SSH.</param>
internal sealed record NeededLinks(ImmutableArray<string> DefaultRoutes, ImmutableArray<string> Sessions);
