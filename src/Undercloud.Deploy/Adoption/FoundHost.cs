using System.Collections.Immutable;

namespace Undercloud.Deploy.Adoption;

/// <summary>A host with services from packages, as an inspection found it.</summary>
public sealed record FoundHost
{
    /// <summary>The units that belong to a service of <see cref="PackagedService.All"/>, in any state.</summary>
    public ImmutableArray<FoundUnit> Units { get; init; } = [];

    /// <summary>The installed Debian packages of these services: name → version.</summary>
    public ImmutableSortedDictionary<string, string> Packages { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Configuration files and keys: path → content.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The addresses of the host, and its own names.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Whether the database server answers to root at its socket.</summary>
    public bool HasDatabase { get; init; }

    /// <summary>The names of its databases.</summary>
    public ImmutableArray<string> Databases { get; init; } = [];

    /// <summary>The answers to <see cref="AdoptionQuery.For"/>, by the queries' names: rows of columns. A query that failed is absent.</summary>
    public ImmutableDictionary<string, ImmutableArray<ImmutableArray<string>>> Answers { get; init; } =
        ImmutableDictionary<string, ImmutableArray<ImmutableArray<string>>>.Empty;

    /// <summary>Whether the host has any service to adopt: a unit that is not masked.</summary>
    public bool HasServices => Units.Any(unit => !unit.IsMasked);
}

/// <summary>A unit of systemd.</summary>
/// <param name="Name">With its suffix, e.g. keystone.service.</param>
/// <param name="State">The state of its file: enabled, disabled, static, masked, ….</param>
/// <param name="IsActive">Whether it runs or listens.</param>
public sealed record FoundUnit(string Name, string State, bool IsActive)
{
    /// <summary>Whether systemd refuses to start it.</summary>
    public bool IsMasked => State.StartsWith("masked", StringComparison.Ordinal);
}
