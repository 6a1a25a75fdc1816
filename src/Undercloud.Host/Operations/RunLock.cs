using Undercloud.Host.Agent;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Lets one run at a time change the host. Processes that a killed run left behind are waited for, since they would make the same changes twice.</summary>
public sealed class RunLock : IDisposable
{
    private readonly NodeLock _held;

    private RunLock(NodeLock held) => _held = held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="RefusedException">Another run holds the lock; the message names the run.</exception>
    /// <exception cref="InstallException">Processes of a killed run do not end.</exception>
    public static async Task<RunLock> TakeAsync(OperationContext context, string command, CancellationToken stop)
    {
        var held = NodeLock.TryAcquire(context.LockFile, command, out var holder)
            ?? throw new RefusedException($"Another run is at work on this host: {holder}. Wait for its end, or end it, and run this again.");
        try
        {
            if (await Survivors.WaitAsync(context.LockFile, context.Time, context.Events.Warn, context.Events.Now, stop) is { Count: > 0 } left)
            {
                throw new InstallException(
                    $"An earlier run was killed, and processes that it started are still running: {string.Join(", ", left)}.\n"
                    + $"Look at what they wait for, end them (kill {string.Join(' ', left.Select(one => one.Id))}), and run this again.");
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
