namespace Undercloud.Host.Operations;

/// <summary>A part of an operation.</summary>
/// <param name="Name">The name that the operator sees when the phase begins, e.g. "Images".</param>
/// <param name="Summary">What the phase does, in one sentence.</param>
/// <param name="IsNeeded">Whether this run needs the phase; evaluated after the phases before it.</param>
/// <param name="ApplyAsync">Does the work. Idempotent: after an interruption it does what is left.</param>
public sealed record OperationPhase(string Name, string Summary, Func<bool> IsNeeded, Func<CancellationToken, Task> ApplyAsync)
{
    /// <summary>Whether the phase is announced. The phase that plays the playbook is not, because the playbook's own phases are.</summary>
    public bool IsAnnounced { get; init; } = true;
}
