using Undercloud.Deploy.BareMetal;

namespace Undercloud.Host.BareMetal;

/// <summary>A way of Ironic's from one provision state to another.</summary>
/// <param name="Verb">What Ironic is asked for.</param>
/// <param name="Doing">What it does then, for people.</param>
/// <param name="Target">The state at the end.</param>
public sealed record NodeTransition(string Verb, string Doing, string Target)
{
    /// <summary>What helps when it fails; null when that is not known.</summary>
    public string? Remedy { get; init; }

    public static NodeTransition Manage { get; } = new("manage", "Making them manageable", ProvisionStates.Manageable)
    {
        Remedy = "Look at its pm_addr, pm_port, pm_user and pm_password, and import again.",
    };

    public static NodeTransition Inspect { get; } = new("inspect", "Inspection", ProvisionStates.Manageable);

    public static NodeTransition Provide { get; } = new("provide", "Providing", ProvisionStates.Available);
}
