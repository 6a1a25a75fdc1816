namespace Undercloud.Host.Processes;

/// <summary>
/// Runs programs under a lock: they, and all their descendants, carry the path of the lock file in their environment. When a run is killed, it releases
/// its lock, but programs that it started may continue; the variable is how <see cref="Survivors"/> finds them.
/// </summary>
public sealed class MarkedProcesses(IProcessRunner processes, string lockFile) : IProcessRunner
{
    /// <summary>The variable with the path of the lock file.</summary>
    public const string Variable = "UNDERCLOUD_LOCK";

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => processes.RunAsync(Marked(command), stop);

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) =>
        processes.FollowAsync(Marked(command), onLine, stop);

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => processes.AttachAsync(Marked(command), stop);

    public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
        processes.PipeAsync(Marked(command), feed, read, stop);

    private CommandLine Marked(CommandLine command) => command with { Environment = command.Environment.SetItem(Variable, lockFile) };
}
