using System.Collections.Immutable;

namespace Undercloud.Host.Templates;

/// <summary>A role of a roles file, with the services of its nodes.</summary>
public sealed record RoleServices(string Name, ImmutableArray<string> Services);
