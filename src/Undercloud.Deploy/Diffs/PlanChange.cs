namespace Undercloud.Deploy.Diffs;

/// <summary>One difference between two plans.</summary>
/// <param name="Node">The node; empty for a thing that is on no node, such as an image.</param>
/// <param name="Kind">file, container, user, image, …</param>
/// <param name="Name">A path, a container's name, …</param>
/// <param name="Action">The action that the difference requires.</param>
/// <param name="Reason">Why, in a few words; null where the action explains itself.</param>
public sealed record PlanChange(string Node, string Kind, string Name, PlanAction Action, string? Reason = null);
