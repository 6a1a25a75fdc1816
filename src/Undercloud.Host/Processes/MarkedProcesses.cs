namespace Undercloud.Host.Processes;

/// <summary>
/// Starts programs under a lock: they, and all that come from them, carry the lock's file in their environment. A process that was killed has
/// let go of its lock; what it had started has not ended, and is found by this (<see cref="Survivors"/>).
/// </summary>
public sealed class MarkedProcesses(IProcessRunner processes, string lockFile) : IProcessRunner
{
    /// <summary>The variable that names the lock's file.</summary>
    public const string Variable = "UNDERCLOUD_LOCK";

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => processes.RunAsync(Marked(command), stop);

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) =>
        processes.FollowAsync(Marked(command), onLine, stop);

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => processes.AttachAsync(Marked(command), stop);

    private CommandLine Marked(CommandLine command) => command with { Environment = command.Environment.SetItem(Variable, lockFile) };
}
