using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent.Network;

/// <summary>The state of the node's network before a change, as a rollback needs it.</summary>
internal sealed record NetworkSnapshot
{
    public ImmutableArray<LinkState> Links { get; init; } = [];

    /// <summary>The interfaces with their kinds and masters.</summary>
    public ImmutableArray<DeviceState> Devices { get; init; } = [];

    /// <summary>Lines of <c>ip route show</c> without the kernel's automatic routes, by family.</summary>
    public ImmutableArray<string> Routes4 { get; init; } = [];

    public ImmutableArray<string> Routes6 { get; init; } = [];

    /// <summary>Bridges of Open vSwitch with their ports; null when it was not installed.</summary>
    public ImmutableArray<BridgeState>? Bridges { get; init; }

    /// <summary>The hardware addresses that were set on bridges, as ovs-vsctl shows them; empty for a bridge without one.</summary>
    public ImmutableSortedDictionary<string, string> HardwareAddresses { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The resolver's files with their content; null for a missing file.</summary>
    public ImmutableSortedDictionary<string, string?> Files { get; init; } = ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>The ownership record.</summary>
    public OwnedState Owned { get; init; } = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(NetworkSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
