using System.Collections.Immutable;

namespace Undercloud.Deploy.Sequence;

/// <summary>A part of a run that ends on every node before the next part begins.</summary>
/// <param name="Name">The name that the operator sees, e.g. "Step 3".</param>
/// <param name="Step">The number that Ansible tasks of templates see as <c>step</c>.</param>
/// <param name="Tasks">The actions on one node, in order.</param>
public sealed record NodePhase(string Name, int Step, ImmutableArray<NodeTask> Tasks);
