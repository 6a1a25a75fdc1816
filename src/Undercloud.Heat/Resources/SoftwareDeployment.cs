using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A configuration for a server: what Heat's software-deployment API would return.</summary>
/// <param name="Id">The deployment's id, a UUID.</param>
/// <param name="ServerId">The server's id, mostly the reference of a server resource.</param>
/// <param name="Config">The configuration that was created for this deployment alone, its inputs with their values.</param>
/// <param name="Action">Its stack action, CREATE.</param>
/// <param name="ResourcePath">The enclosing resources, root first, and itself last.</param>
public sealed record SoftwareDeployment(string Id, string ServerId, SoftwareConfig Config, string Action, ImmutableArray<string> ResourcePath)
{
    /// <summary>The values given to inputs.</summary>
    public MapValue InputValues { get; init; } = MapValue.Empty;
}
