using System.Collections.Immutable;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Operations;

/// <summary>A plan to go back to.</summary>
/// <param name="Target">The generation of the plan.</param>
/// <param name="Plan">The recorded plan.</param>
/// <param name="Project">The directory of the Ansible project.</param>
public sealed record RollbackRequest(int Target, DeploymentPlan Plan, string Project)
{
    /// <summary>The databases to replace by their dumps, each with the generation of the dump.</summary>
    public ImmutableArray<(string Database, int Generation)> Databases { get; init; } = [];

    /// <summary>The databases to dump before the former images or dumps touch them.</summary>
    public ImmutableArray<string> Touched { get; init; } = [];

    /// <summary>Whether a failed run goes back by itself. It then tries to dump the databases also where the estimate says that there is no room.</summary>
    public bool AfterFailure { get; init; }

    /// <summary>The lock of the run that rolls back; null to take it.</summary>
    public RunLock? Held { get; init; }
}
