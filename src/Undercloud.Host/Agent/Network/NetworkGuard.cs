using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// Watches over a change of the network. Before it, the state is recorded and a timer armed that puts it back; after it the timer is
/// disarmed when everything is reached that was reached before. So a change that cuts the node off is taken back, also when the run that
/// made it was cut off with it, or killed.
/// </summary>
public sealed class NetworkGuard(NodeLayout layout, IProcessRunner processes, TimeProvider time)
{
    private const string Unit = "undercloud-network-guard";
    private const int Seconds = 45;

    private readonly NetworkRestore _restore = new(layout, processes);
    private readonly Reachability _reachability = new(layout, processes, time);

    /// <summary>Whether a change is neither confirmed nor taken back.</summary>
    public bool IsArmed => File.Exists(layout.GuardFile) || File.Exists(Claimed);

    private string Claimed => layout.GuardFile + ".reverting";

    /// <summary>Makes a change. When it fails, or something is not reached any more, the network is put back.</summary>
    /// <param name="owned">What is ours before it.</param>
    /// <param name="change">The change.</param>
    /// <param name="stop">Ends it; the network is then put back, too.</param>
    /// <returns>Null when all went well, else what happened.</returns>
    internal async Task<string?> RunAsync(OwnedState owned, Func<Task<string?>> change, CancellationToken stop)
    {
        var before = await _restore.TakeAsync(owned, stop);
        var reached = await _reachability.NowAsync(stop);
        await ArmAsync(before, stop);
        try
        {
            var failure = await change();
            if (failure is null)
            {
                var lost = await _reachability.LostAsync(reached, stop);
                if (lost.IsEmpty && Claim())
                {
                    await DisarmAsync();
                    return null;
                }

                failure = lost.IsEmpty
                    ? $"The change of the network took longer than {Seconds} s."
                    : $"With the change of the network {string.Join(", ", lost.Select(target => $"{target.Address} ({target.What})"))} was no longer reached.";
            }

            return failure + await TakeBackAsync(before);
        }
        catch
        {
            await TakeBackAsync(before);
            throw;
        }
    }

    /// <summary>Puts the network back to before a change that nobody confirmed.</summary>
    /// <returns>What was done; null when there was nothing to do.</returns>
    public async Task<string?> RevertAsync()
    {
        if (!Claim() && !File.Exists(Claimed))
            return null;
        try
        {
            return await TakeBackAsync(JsonSerializer.Deserialize(await File.ReadAllTextAsync(Claimed), SnapshotJson.Default.NetworkSnapshot) ?? new());
        }
        catch (JsonException exception)
        {
            throw new IOException(
                $"{Claimed} is damaged: the network cannot be put back to what it was before a change that was not confirmed. Look at it (`ip address`), delete that file and run this again.",
                exception);
        }
    }

    // Cancelled or not, this is brought to its end.
    private async Task<string> TakeBackAsync(NetworkSnapshot before)
    {
        Claim();
        var failures = await _restore.ApplyAsync(before, CancellationToken.None);
        await DisarmAsync();
        return failures.IsEmpty
            ? "\nThe network was put back to what it was before."
            : $"\nThe network was put back to what it was before, but for:\n{string.Join('\n', failures)}";
    }

    // One of the run and the timer gets it.
    private bool Claim()
    {
        try
        {
            File.Move(layout.GuardFile, Claimed, overwrite: true);
            return true;
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private async Task ArmAsync(NetworkSnapshot before, CancellationToken stop)
    {
        OwnedStore.MakeStateDirectory(layout);
        AtomicFile.Replace(layout.GuardFile, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(before, SnapshotJson.Default.NetworkSnapshot)), AtomicFile.Private, beforeRename: null);
        var program = Environment.ProcessPath ?? "undercloud";
        var command = layout.SystemdRuns
            ? CommandLine.Of(
                "systemd-run", "--quiet", "--collect", $"--unit={Unit}", $"--on-active={Seconds}", "--timer-property=AccuracySec=1s",
                "--description=Take an unconfirmed change of the network back", program, "agent", "network", "revert")
            : CommandLine.Of("setsid", "--fork", "sh", "-c", $"exec </dev/null >/dev/null 2>&1; sleep {Seconds}; exec \"$0\" agent network revert", program);
        try
        {
            (await processes.RunAsync(command with { Timeout = TimeSpan.FromSeconds(20) }, stop)).OrThrow();
        }
        catch
        {
            File.Delete(layout.GuardFile);
            throw;
        }
    }

    // When it is the timer that calls this, what is stopped is the timer, not the service that this runs in.
    private async Task DisarmAsync()
    {
        File.Delete(Claimed);
        if (layout.SystemdRuns)
            await processes.RunAsync(CommandLine.Of("systemctl", "stop", $"{Unit}.timer") with { Timeout = TimeSpan.FromSeconds(20) }, CancellationToken.None);
    }
}
