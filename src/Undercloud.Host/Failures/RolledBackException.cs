namespace Undercloud.Host.Failures;

/// <summary>A run failed, and the previous generation was applied again. The message is the cause of the failure.</summary>
/// <param name="message">The cause.</param>
/// <param name="target">The generation whose plan is applied again.</param>
/// <param name="generation">The new generation with that plan.</param>
public sealed class RolledBackException(string message, int target, int generation) : InstallException(message)
{
    /// <summary>The generation whose plan is applied again.</summary>
    public int Target { get; } = target;

    /// <summary>The new generation with that plan.</summary>
    public int Generation { get; } = generation;
}

/// <summary>The run failed, and its way back was interrupted. The command that resumes is a rollback.</summary>
/// <param name="target">The generation that the way back leads to.</param>
/// <param name="stop">The token that was cancelled.</param>
public sealed class WayBackInterruptedException(int target, CancellationToken stop) : OperationCanceledException(stop)
{
    /// <summary>The generation that the way back leads to.</summary>
    public int Target { get; } = target;
}
