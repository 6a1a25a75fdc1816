namespace Undercloud.Host.Sandboxes;

/// <summary>A sandbox of this machine as podman sees it.</summary>
/// <param name="Name">Without the prefix, e.g. default.</param>
/// <param name="State">running, exited, created, …; "incomplete" when only its volume is left.</param>
/// <param name="Image">The host image it was made from.</param>
/// <param name="Created">When.</param>
public sealed record SandboxState(string Name, string State, string Image, DateTimeOffset? Created)
{
    /// <summary>The container's name.</summary>
    public string Container => Sandbox.ContainerOf(Name);
}
