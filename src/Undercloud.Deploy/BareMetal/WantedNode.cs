using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>A network port of a node, from the file.</summary>
/// <param name="Address">The MAC address, in lower case.</param>
/// <param name="Place">Its place in the file.</param>
public sealed record WantedPort(string Address, SourceSpan Place)
{
    /// <summary>The port's other fields in Ironic that the file sets: physical_network, local_link_connection, pxe_enabled.</summary>
    public MapValue Fields { get; init; } = MapValue.Empty;
}

/// <summary>A bare metal node, from the file.</summary>
/// <param name="Number">Its position in the file, from 1.</param>
/// <param name="Type">Its hardware type.</param>
/// <param name="Place">Its place in the file.</param>
public sealed record WantedNode(int Number, HardwareType Type, SourceSpan Place)
{
    public string? Name { get; init; }

    public string? Uuid { get; init; }

    public string? ResourceClass { get; init; }

    public string? ConductorGroup { get; init; }

    /// <summary>TripleO's name of the platform, e.g. SNB; kept among the node's extras.</summary>
    public string? Platform { get; init; }

    /// <summary>The identity of its controller; null when it has none.</summary>
    public string? Controller { get; init; }

    /// <summary>The driver's values, by Ironic's names.</summary>
    public MapValue DriverInfo { get; init; } = MapValue.Empty;

    /// <summary>Ironic's properties, without the capabilities.</summary>
    public MapValue Properties { get; init; } = MapValue.Empty;

    public ImmutableSortedDictionary<string, string> Capabilities { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The hardware interfaces that the file sets, e.g. boot_interface.</summary>
    public MapValue Interfaces { get; init; } = MapValue.Empty;

    public ImmutableArray<WantedPort> Ports { get; init; } = [];

    /// <summary>Where each key of the file is.</summary>
    public ImmutableDictionary<string, SourceSpan> Places { get; init; } = ImmutableDictionary<string, SourceSpan>.Empty;

    /// <summary>The node's name in messages: its name, identifier, controller, MAC address or number, whichever it has.</summary>
    public string Label => Name ?? Uuid ?? Controller ?? Ports.FirstOrDefault()?.Address ?? $"node {Number}";

    /// <summary>The place of one of its keys, or of the node itself.</summary>
    public SourceSpan PlaceOf(string key) => Places.TryGetValue(key, out var place) ? place : Place;
}
