using System.Collections.Immutable;

namespace Undercloud.Host.Node;

/// <summary>A bridge as Open vSwitch has it.</summary>
internal sealed record BridgeState(string Name, ImmutableArray<string> Ports);
