using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The action of an import on a node.</summary>
public enum EnrolmentAction
{
    /// <summary>Ironic has no such node.</summary>
    Create,

    /// <summary>The node exists and differs.</summary>
    Update,

    /// <summary>The node exists and nothing differs.</summary>
    Keep,

    /// <summary>The node differs, but it is in use or Ironic is working on it: it stays as it is.</summary>
    Leave,
}

/// <summary>A port that is created or changed.</summary>
/// <param name="Wanted">The file's port.</param>
/// <param name="Found">Ironic's port; null when Ironic has none.</param>
/// <param name="Changes">The changed fields of an existing port.</param>
public sealed record PortEnrolment(WantedPort Wanted, FoundPort? Found, ImmutableArray<FieldChange> Changes)
{
    /// <summary>The action in words.</summary>
    public override string ToString() => Found is null ? $"port {Wanted.Address}" : $"port {Wanted.Address}: {string.Join(", ", Changes)}";
}

/// <summary>One node of the file compared with Ironic's.</summary>
/// <param name="Wanted">The file's node.</param>
/// <param name="Found">Ironic's node; null when Ironic has none.</param>
public sealed record NodeEnrolment(WantedNode Wanted, FoundNode? Found)
{
    public required EnrolmentAction Action { get; init; }

    /// <summary>The changed fields of an existing node. Passwords that Ironic does not show are always among them.</summary>
    public ImmutableArray<FieldChange> Changes { get; init; } = [];

    public ImmutableArray<PortEnrolment> Ports { get; init; } = [];

    /// <summary>The fields of a new node.</summary>
    public MapValue Creation { get; init; } = MapValue.Empty;

    public string Label => Found?.Name ?? (Wanted.Name ?? Found?.Uuid) ?? Wanted.Label;

    /// <summary>Whether only passwords that Ironic does not show are set.</summary>
    public bool OnlyUnseen => Ports.IsEmpty && Changes.All(change => change.IsUnseen);

    /// <summary>The changes in words, without those that cannot be determined.</summary>
    public IEnumerable<string> Differences => Changes.Where(change => !change.IsUnseen).Select(change => change.ToString()).Concat(Ports.Select(port => port.ToString()));

    /// <summary>The fields of a new node in words: one per field, properties and the driver's values one by one, without secrets.</summary>
    public IEnumerable<string> Made => Creation.Entries.Where(one => one.Key is not ("name" or "uuid")).SelectMany(FieldsOf).Concat(Ports.Select(port => port.ToString()));

    private static IEnumerable<string> FieldsOf(KeyValuePair<string, Value> one) => one.Value is not MapValue map
        ? [$"{one.Key} {Shown(one.Value)}"]
        : map.Entries.Select(entry => $"{entry.Key} {(DriverSecrets.Has(entry.Key) ? "***" : Shown(entry.Value))}");

    private static string Shown(Value value) => Scalars.Text(value) ?? CanonicalJson.Write(value);

    /// <summary>Why the node is left as it is; null when it is not.</summary>
    public string? Reason => Action != EnrolmentAction.Leave ? null
        : Found!.Instance is { } instance ? $"in use by instance {instance}"
        : ProvisionStates.IsWorking(Found.State) ? $"Ironic is at work on it: {Found.State}"
        : $"in use: {Found.State}";
}
