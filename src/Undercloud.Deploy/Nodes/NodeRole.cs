using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Nodes;

/// <summary>A role of a roles file: the services that nodes of the role have.</summary>
/// <param name="Name">Its name, e.g. Undercloud.</param>
/// <param name="Services">Its services, OS::TripleO::Services::NAME each; none when <paramref name="HasServices"/> is false.</param>
/// <param name="HasServices">Whether the role has the key ServicesDefault. Templates may be looked at without it, but not installed.</param>
/// <param name="Place">Its place in the file.</param>
public sealed record NodeRole(string Name, ImmutableArray<string> Services, bool HasServices, SourceSpan Place);
