namespace Undercloud.Host.BareMetal;

/// <summary>What became of a node.</summary>
/// <param name="Uuid">Its identifier in Ironic.</param>
/// <param name="Label">What to call it.</param>
/// <param name="State">Its provision state.</param>
/// <param name="Error">Why it is not where it should be; null when it is.</param>
public sealed record NodeOutcome(string Uuid, string Label, string State, string? Error = null)
{
    /// <summary>Whether an instance has it, though its state may not say so yet.</summary>
    public bool InUse { get; init; }

    /// <summary>Whether an import made or changed it as the file says, whatever came afterwards.</summary>
    public bool Enrolled { get; init; } = true;
}
