using Undercloud.Host.Agent;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>One run at a time on a host; what a killed run has left at work is waited for, since it would make the same things a second time.</summary>
public sealed class RunLock : IDisposable
{
    private readonly NodeLock _held;

    private RunLock(NodeLock held) => _held = held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="RefusedException">Another run has it; the message names the run.</exception>
    /// <exception cref="InstallException">What a killed run has left does not end.</exception>
    public static async Task<RunLock> TakeAsync(OperationContext context, string command, CancellationToken stop)
    {
        var held = NodeLock.TryAcquire(context.LockFile, command, out var holder)
            ?? throw new RefusedException($"Another run is at work on this host: {holder}. Wait for it to end, or end it and run this again.");
        try
        {
            if (await Survivors.WaitAsync(context.LockFile, context.Time, context.Events.Warn, context.Events.Now, stop) is { Count: > 0 } left)
            {
                throw new InstallException(
                    $"A run before this one was killed, and what it started does not end: {string.Join(", ", left)}.\n"
                    + $"Look at what it waits for, end it (kill {string.Join(' ', left.Select(one => one.Id))}), and run this again.");
            }

            if (Directory.Exists(context.TemporaryDirectory))
                Directory.Delete(context.TemporaryDirectory, recursive: true);
            return new(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();
}
