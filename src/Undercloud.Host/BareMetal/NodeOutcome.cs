namespace Undercloud.Host.BareMetal;

/// <summary>The outcome for one node.</summary>
/// <param name="Uuid">The UUID in Ironic.</param>
/// <param name="Label">The node's name for messages.</param>
/// <param name="State">The provision state.</param>
/// <param name="Error">Why the node did not reach the target; null when it did.</param>
public sealed record NodeOutcome(string Uuid, string Label, string State, string? Error = null)
{
    /// <summary>Whether an instance uses the node, even if its state does not show it yet.</summary>
    public bool InUse { get; init; }

    /// <summary>Whether an import created or updated the node, whatever happened afterwards.</summary>
    public bool Enrolled { get; init; } = true;
}
