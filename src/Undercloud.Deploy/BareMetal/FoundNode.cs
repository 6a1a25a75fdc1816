using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>A port that Ironic has.</summary>
public sealed record FoundPort(string Uuid, string Address, string NodeUuid, MapValue Fields);

/// <summary>A node that Ironic has.</summary>
/// <param name="Fields">All fields that Ironic has for the node.</param>
/// <param name="Ports">Its ports.</param>
public sealed record FoundNode(MapValue Fields, ImmutableArray<FoundPort> Ports)
{
    public string Uuid => Text("uuid") ?? "";

    public string? Name => Text("name");

    public string Driver => Text("driver") ?? "";

    public string State => Text("provision_state") ?? "";

    public string? LastError => Text("last_error");

    /// <summary>The instance that runs on the node; null when none does.</summary>
    public string? Instance => Text("instance_uuid");

    /// <summary>Whether nobody uses the node, and Ironic does not work on it.</summary>
    public bool IsIdle => Instance is null && ProvisionStates.IsIdle(State);

    /// <summary>The node's name in messages.</summary>
    public string Label => Name ?? Uuid;

    /// <summary>One of its maps, e.g. driver_info; empty when it has none.</summary>
    public MapValue Map(string field) => Fields[field] as MapValue ?? MapValue.Empty;

    /// <summary>One of its texts; null when it has none, or an empty one.</summary>
    public string? Text(string field) => Scalars.Text(Fields[field]) is { Length: > 0 } text ? text : null;

    /// <summary>The identity of the node's controller; null when it is not known.</summary>
    public string? Controller => HardwareTypes.All.FirstOrDefault(type => type.Name == Driver) is { } type
        ? type.ControllerOf(key => type.DriverKeys(key) is [var name, ..] ? Scalars.Text(Map("driver_info")[name]) : null)
        : null;
}
