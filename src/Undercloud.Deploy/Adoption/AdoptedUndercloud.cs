using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Adoption;

/// <summary>What an upgrade to containers takes over from a package-based undercloud, and what becomes of its services.</summary>
public sealed record AdoptedUndercloud
{
    /// <summary>The services that were found, in the order in which they are stopped.</summary>
    public ImmutableArray<AdoptedService> Services { get; init; } = [];

    /// <summary>Passwords, keys and other values that the containers get as parameters, sorted by parameter.</summary>
    public ImmutableArray<AdoptedValue> Values { get; init; } = [];

    /// <summary>The databases, each with the name that it gets.</summary>
    public ImmutableArray<AdoptedDatabase> Databases { get; init; } = [];

    /// <summary>Errors prevent the upgrade; warnings say what changes or cannot be kept.</summary>
    public ImmutableArray<Diagnostic> Findings { get; init; } = [];

    /// <summary>The values as parameters of the templates. They contain secrets.</summary>
    public MapValue Parameters => new(Values.Select(value => KeyValuePair.Create(value.Parameter, value.Value)));
}

/// <summary>A packaged service that was found.</summary>
/// <param name="Service">The service.</param>
/// <param name="Units">Its units that are not masked, those that run first.</param>
/// <param name="Packages">Its packages, each with its version.</param>
public sealed record AdoptedService(PackagedService Service, ImmutableArray<FoundUnit> Units, ImmutableArray<string> Packages);

/// <summary>A value that is taken over.</summary>
/// <param name="Parameter">The parameter of the templates.</param>
/// <param name="Value">The value.</param>
/// <param name="From">Its place, e.g. <c>/etc/nova/nova.conf [keystone_authtoken] password</c>.</param>
/// <param name="IsSecret">Whether it must not be shown.</param>
public sealed record AdoptedValue(string Parameter, Value Value, string From, bool IsSecret);

/// <summary>A database that is taken over.</summary>
/// <param name="Name">Its name on the host.</param>
/// <param name="Becomes">The name that the containers use.</param>
/// <param name="From">The place that names it.</param>
public sealed record AdoptedDatabase(string Name, string Becomes, string From);
