using System.Collections.Immutable;

namespace Undercloud.Host.Templates;

/// <summary>A role of a roles file: the services that nodes of that role have.</summary>
public sealed record RoleServices(string Name, ImmutableArray<string> Services);
