using System.Globalization;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Waits until a running service is not in the middle of work, before its container is replaced (<see cref="ServiceDrain"/>).</summary>
/// <param name="podman">Runs the test in the container.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Receives what is waited for; null for nobody.</param>
internal sealed class DrainWait(Podman podman, TimeProvider time, Action<string>? progress)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    /// <summary>The limit of a second wait, for work that began since the first one ended, while clients wait already.</summary>
    public static readonly TimeSpan LastCheck = TimeSpan.FromSeconds(4);

    // A test that hangs must not hold up the replacement longer than a service that is busy.
    private static readonly TimeSpan s_longestTest = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a service without work, at most for its timeout. A test that fails otherwise than by <see cref="ServiceDrain.Busy"/> does not delay the replacement.</summary>
    /// <param name="spec">The new container, with the test.</param>
    /// <param name="former">The running container.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <param name="most">A shorter limit than the timeout; null for none.</param>
    public async Task ForAsync(ContainerSpec spec, ContainerFact former, CancellationToken stop, TimeSpan? most = null)
    {
        if (spec.Drain is not { } drain)
            return;
        var (began, limit) = (time.GetTimestamp(), most ?? TimeSpan.FromSeconds(drain.Timeout));
        while ((await podman.AskAsync(former.Name, former.Id, drain.Test, s_longestTest, stop)).ExitCode == ServiceDrain.Busy)
        {
            if (time.GetElapsedTime(began) is var waited && waited >= limit)
            {
                progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: still in the middle of work after {limit.TotalSeconds:F0} s, and replaced all the same"));
                return;
            }

            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{spec.Name}: waiting until its work is done ({waited.TotalSeconds:F0} of at most {limit.TotalSeconds:F0} s)"));
            await Task.Delay(s_pause, time, stop);
        }
    }
}
