namespace Undercloud.Deploy.Sequence;

/// <summary>One action of a run on a node.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Name">What the operator reads while it is done.</param>
/// <param name="Step">The deployment step whose containers, objects or tasks are meant; 0 for an action that has none.</param>
public sealed record NodeTask(NodeAction Action, string Name, int Step = 0);
