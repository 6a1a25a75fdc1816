using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A configuration that is to be deployed to a server: what Heat's software-deployment API would show.</summary>
/// <param name="Id">The deployment's id, a UUID.</param>
/// <param name="ServerId">The server's id, mostly the reference of a server resource.</param>
/// <param name="Config">The configuration made for this deployment alone, its inputs with their values.</param>
/// <param name="Action">The stack action it is for, CREATE.</param>
/// <param name="ResourcePath">The resources that lead to it, root first, itself last.</param>
public sealed record SoftwareDeployment(string Id, string ServerId, SoftwareConfig Config, string Action, ImmutableArray<string> ResourcePath)
{
    /// <summary>The values given to inputs.</summary>
    public MapValue InputValues { get; init; } = MapValue.Empty;
}
