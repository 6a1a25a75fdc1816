using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>What an import does with a node.</summary>
public enum EnrolmentAction
{
    /// <summary>Ironic has no such node.</summary>
    Create,

    /// <summary>It is there and differs.</summary>
    Update,

    /// <summary>It is there and nothing differs.</summary>
    Keep,

    /// <summary>It differs, and it is in use or Ironic works on it: it stays as it is.</summary>
    Leave,
}

/// <summary>A port that a node gets, or that changes.</summary>
/// <param name="Wanted">The file's port.</param>
/// <param name="Found">Ironic's; null when it has none.</param>
/// <param name="Changes">What changes of one that is there.</param>
public sealed record PortEnrolment(WantedPort Wanted, FoundPort? Found, ImmutableArray<FieldChange> Changes)
{
    /// <summary>What happens, for people.</summary>
    public override string ToString() => Found is null ? $"port {Wanted.Address}" : $"port {Wanted.Address}: {string.Join(", ", Changes)}";
}

/// <summary>One node of the file against what Ironic has.</summary>
/// <param name="Wanted">The file's node.</param>
/// <param name="Found">Ironic's; null when it has none.</param>
public sealed record NodeEnrolment(WantedNode Wanted, FoundNode? Found)
{
    public required EnrolmentAction Action { get; init; }

    /// <summary>The fields that change of a node that is there. Passwords that Ironic does not show are among them, whether they differ or not.</summary>
    public ImmutableArray<FieldChange> Changes { get; init; } = [];

    public ImmutableArray<PortEnrolment> Ports { get; init; } = [];

    /// <summary>What a new node is made of.</summary>
    public MapValue Creation { get; init; } = MapValue.Empty;

    public string Label => Found?.Name ?? (Wanted.Name ?? Found?.Uuid) ?? Wanted.Label;

    /// <summary>Whether nothing but passwords that Ironic does not show is set.</summary>
    public bool OnlyUnseen => Ports.IsEmpty && Changes.All(change => change.IsUnseen);

    /// <summary>What changes, for people; without what nobody can tell.</summary>
    public IEnumerable<string> Differences => Changes.Where(change => !change.IsUnseen).Select(change => change.ToString()).Concat(Ports.Select(port => port.ToString()));

    /// <summary>What a new node is made of, for people: a field each, properties and the driver's values one by one, without secrets.</summary>
    public IEnumerable<string> Made => Creation.Entries.Where(one => one.Key is not ("name" or "uuid")).SelectMany(FieldsOf).Concat(Ports.Select(port => port.ToString()));

    private static IEnumerable<string> FieldsOf(KeyValuePair<string, Value> one) => one.Value is not MapValue map
        ? [$"{one.Key} {Shown(one.Value)}"]
        : map.Entries.Select(entry => $"{entry.Key} {(DriverSecrets.Has(entry.Key) ? "***" : Shown(entry.Value))}");

    private static string Shown(Value value) => Scalars.Text(value) ?? CanonicalJson.Write(value);

    /// <summary>Why it is left as it is; null when it is not.</summary>
    public string? Reason => Action != EnrolmentAction.Leave ? null
        : Found!.Instance is { } instance ? $"in use by instance {instance}"
        : ProvisionStates.IsWorking(Found.State) ? $"Ironic is at work on it: {Found.State}"
        : $"in use: {Found.State}";
}
