using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent.Network;

/// <summary>The actual state of a bridge of Open vSwitch or the kernel, or of a bond.</summary>
internal sealed record BridgeState(string Name, ImmutableArray<string> Ports)
{
    /// <summary>As <see cref="Undercloud.Deploy.Manifests.BridgeEntry.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The interfaces of Open vSwitch's ports, including the members of bonds, which are no ports. Not part of a rollback.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Interfaces { get; init; } = [];
}

/// <summary>Interfaces through which the node is reached.</summary>
/// <param name="DefaultRoutes">Interfaces with a default route.</param>
/// <param name="Sessions">Interfaces with an SSH session.</param>
internal sealed record NeededLinks(ImmutableArray<string> DefaultRoutes, ImmutableArray<string> Sessions);
