namespace Undercloud.Deploy.Diffs;

/// <summary>One thing that two plans do not have alike.</summary>
/// <param name="Node">The node it is on; empty for what is of no node, such as an image.</param>
/// <param name="Kind">file, container, user, image, …</param>
/// <param name="Name">Which one: a path, a container's name, …</param>
/// <param name="Action">What becomes of it.</param>
/// <param name="Reason">Why, a few words; null where the action says it all.</param>
public sealed record PlanChange(string Node, string Kind, string Name, PlanAction Action, string? Reason = null);
