namespace Undercloud.Host.Sandboxes;

/// <summary>A node of a sandbox on this host as podman reports it.</summary>
/// <param name="Name">The sandbox's name without the prefix, e.g. default.</param>
/// <param name="Node">The node's number; 1 for the only one.</param>
/// <param name="State">running, exited, created, …; "incomplete" when only its volume exists.</param>
/// <param name="Image">The host image.</param>
/// <param name="Created">The time of creation.</param>
public sealed record SandboxState(string Name, int Node, string State, string Image, DateTimeOffset? Created)
{
    /// <summary>The container's name.</summary>
    public string Container => SandboxNode.ContainerOf(Name, Node);
}
