namespace Undercloud.Deploy.Sequence;

/// <summary>One action of a run on a node.</summary>
/// <param name="Action">The action.</param>
/// <param name="Name">The name that the operator sees.</param>
/// <param name="Step">The deployment step of the containers, objects or tasks; 0 for an action without a step.</param>
public sealed record NodeTask(NodeAction Action, string Name, int Step = 0);
