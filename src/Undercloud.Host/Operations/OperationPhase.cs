namespace Undercloud.Host.Operations;

/// <summary>A part of an operation.</summary>
/// <param name="Name">What the operator reads when it begins, e.g. "Images".</param>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="IsNeeded">Whether this run has it; asked when the phases before it are done.</param>
/// <param name="ApplyAsync">Does it. Done again after an interruption it does what is left.</param>
public sealed record OperationPhase(string Name, string Summary, Func<bool> IsNeeded, Func<CancellationToken, Task> ApplyAsync)
{
    /// <summary>Whether it is announced; the phases of a playbook are announced instead of the one that plays it.</summary>
    public bool IsAnnounced { get; init; } = true;
}
