using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// Guards a change of the network. Before the change, the guard records the state and arms a timer that rolls the network back. After the change, it
/// disarms the timer if every peer that was reached before is still reached. So a change that cuts the node off is rolled back, even when the run
/// itself was cut off or killed.
/// </summary>
public sealed class NetworkGuard(NodeLayout layout, IProcessRunner processes, TimeProvider time)
{
    private const string Unit = "undercloud-network-guard";
    private const int Seconds = 45;

    private readonly NetworkRestore _restore = new(layout, processes);
    private readonly Reachability _reachability = new(layout, processes, time);

    /// <summary>Whether there is a change that is neither confirmed nor rolled back.</summary>
    public bool IsArmed => File.Exists(layout.GuardFile) || File.Exists(Claimed);

    private string Claimed => layout.GuardFile + ".reverting";

    /// <summary>Makes a change. When it fails, or a peer is no longer reached, the network is rolled back.</summary>
    /// <param name="owned">The ownership record before the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="stop">Cancels the change; the network is then rolled back.</param>
    /// <returns>Null on success, else the failure.</returns>
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
                    : $"After the change of the network, {string.Join(", ", lost.Select(target => $"{target.Address} ({target.What})"))} was no longer reached.";
            }

            return failure + await TakeBackAsync(before);
        }
        catch
        {
            await TakeBackAsync(before);
            throw;
        }
    }

    /// <summary>Rolls back a change that was not confirmed.</summary>
    /// <returns>What was done; null when there was nothing to roll back.</returns>
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
                $"{Claimed} is damaged: a change of the network that was not confirmed cannot be rolled back. Check the network (`ip address`), delete that file and run this again.",
                exception);
        }
    }

    // A rollback is completed even when the run is cancelled.
    private async Task<string> TakeBackAsync(NetworkSnapshot before)
    {
        Claim();
        var failures = await _restore.ApplyAsync(before, CancellationToken.None);
        await DisarmAsync();
        return failures.IsEmpty
            ? "\nThe network was rolled back to what it was before."
            : $"\nThe network was rolled back to what it was before, except for:\n{string.Join('\n', failures)}";
    }

    // Either the run or the timer succeeds in moving the file.
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
                "--description=Roll back an unconfirmed change of the network", program, "agent", "network", "revert")
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

    // The timer is stopped, not the service: this code may run in that service.
    private async Task DisarmAsync()
    {
        File.Delete(Claimed);
        if (layout.SystemdRuns)
            await processes.RunAsync(CommandLine.Of("systemctl", "stop", $"{Unit}.timer") with { Timeout = TimeSpan.FromSeconds(20) }, CancellationToken.None);
    }
}
