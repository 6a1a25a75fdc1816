using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent.Network;

/// <summary>The node's network before a change: what is needed to put it back.</summary>
internal sealed record NetworkSnapshot
{
    public ImmutableArray<LinkState> Links { get; init; } = [];

    /// <summary>The interfaces with their kinds, and what they are ports of.</summary>
    public ImmutableArray<DeviceState> Devices { get; init; } = [];

    /// <summary>Lines of <c>ip route show</c> without those that the kernel makes by itself, by family.</summary>
    public ImmutableArray<string> Routes4 { get; init; } = [];

    public ImmutableArray<string> Routes6 { get; init; } = [];

    /// <summary>Bridges of Open vSwitch with their ports; null when it was not there.</summary>
    public ImmutableArray<BridgeState>? Bridges { get; init; }

    /// <summary>The hardware addresses that bridges were given, as ovs-vsctl shows them; empty for one that was given none.</summary>
    public ImmutableSortedDictionary<string, string> HardwareAddresses { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files that say where names are looked up, with what was in them; null for one that was not there.</summary>
    public ImmutableSortedDictionary<string, string?> Files { get; init; } = ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>The record of what was ours.</summary>
    public OwnedState Owned { get; init; } = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(NetworkSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
