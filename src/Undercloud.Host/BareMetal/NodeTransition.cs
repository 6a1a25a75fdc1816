using Undercloud.Deploy.BareMetal;

namespace Undercloud.Host.BareMetal;

/// <summary>A transition of Ironic from one provision state to another.</summary>
/// <param name="Verb">The verb of the request.</param>
/// <param name="Doing">What happens, as text for the operator.</param>
/// <param name="Target">The target state.</param>
public sealed record NodeTransition(string Verb, string Doing, string Target)
{
    /// <summary>The remedy for a failure; null when none is known.</summary>
    public string? Remedy { get; init; }

    public static NodeTransition Manage { get; } = new("manage", "Making them manageable", ProvisionStates.Manageable)
    {
        Remedy = "Check its pm_addr, pm_port, pm_user and pm_password, and import again.",
    };

    public static NodeTransition Inspect { get; } = new("inspect", "Inspection", ProvisionStates.Manageable);

    public static NodeTransition Provide { get; } = new("provide", "Providing", ProvisionStates.Available);
}
