using System.Collections.Concurrent;

namespace Undercloud.Host.Processes;

/// <summary>
/// Runs programs for one comparison of a host with its plan: commands that only read, and that several parts of the comparison run, run once. Not for a
/// sequence that changes the host between two readings.
/// </summary>
/// <param name="inner">Runs the programs.</param>
public sealed class SharedReads(IProcessRunner inner) : IProcessRunner
{
    // Without health checks: a check that is asked twice is meant to run twice.
    private static readonly string[] s_reads = ["podman ps ", "podman image inspect ", "systemctl show ", "ovs-vsctl ", "ip "];

    private readonly ConcurrentDictionary<string, Lazy<Task<ProcessResult>>> _results = new(StringComparer.Ordinal);

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
    {
        var text = command.ToString();
        return command.Input is null && s_reads.Any(read => text.StartsWith(read, StringComparison.Ordinal))
            ? _results.GetOrAdd(text, _ => new(() => inner.RunAsync(command, stop))).Value
            : inner.RunAsync(command, stop);
    }

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => inner.FollowAsync(command, onLine, stop);

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => inner.AttachAsync(command, stop);

    public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
        inner.PipeAsync(command, feed, read, stop);
}
