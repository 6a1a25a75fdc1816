using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Containers;

/// <summary>The containers' systemd units on this host.</summary>
public sealed class SystemdUnits(IProcessRunner processes, ContainerPaths paths)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    /// <summary>Every <c>tripleo_….service</c> with a file in the unit directory.</summary>
    public async Task<ImmutableArray<UnitFact>> ListAsync(CancellationToken stop)
    {
        var containers = Directory.Exists(paths.UnitDirectory)
            ? Directory.EnumerateFiles(paths.UnitDirectory, "tripleo_*.service").Select(file => ContainerUnit.ContainerOf(Path.GetFileName(file)))
                .OfType<string>().Order(StringComparer.Ordinal).ToArray()
            : [];
        return await ShowAsync(containers, stop);
    }

    /// <summary>The state of these containers' units.</summary>
    public async Task<ImmutableArray<UnitFact>> ShowAsync(IReadOnlyCollection<string> containers, CancellationToken stop)
    {
        if (containers.Count == 0)
            return [];
        var shown = (await RunAsync(stop, ["show", "--property=Id,ActiveState,UnitFileState,NRestarts,NeedDaemonReload", .. containers.Select(ContainerUnit.NameOf)])).OrThrow();
        return [.. shown.Output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Fact).OfType<UnitFact>()];
    }

    /// <summary>Writes a unit's file (0644). systemd reads it at <see cref="ReloadAsync"/>.</summary>
    /// <returns>Whether the file changed.</returns>
    public bool Write(string container, string text) => AtomicFile.WriteText(PathOf(container), text, AtomicFile.Public);

    public void Delete(string container) => File.Delete(PathOf(container));

    public async Task ReloadAsync(CancellationToken stop) => (await RunAsync(stop, "daemon-reload")).OrThrow();

    /// <summary>Enables or disables units, without reloading systemd.</summary>
    public async Task EnableAsync(IReadOnlyCollection<string> containers, bool enabled, CancellationToken stop)
    {
        if (containers.Count > 0)
            (await RunAsync(stop, [enabled ? "enable" : "disable", "--quiet", "--no-reload", .. containers.Select(ContainerUnit.NameOf)])).OrThrow();
    }

    /// <summary>Stops and starts a unit. In two steps, because a restart of a unit that waits for its automatic restart would not reset the restart count.</summary>
    public async Task<ProcessResult> RestartAsync(string container, CancellationToken stop)
    {
        await StopAsync([container], stop);
        return await RunAsync(stop, "start", ContainerUnit.NameOf(container));
    }

    /// <summary>Stops units, and resets the failed state of those that failed before.</summary>
    public async Task StopAsync(IReadOnlyCollection<string> containers, CancellationToken stop)
    {
        if (containers.Count == 0)
            return;
        (await RunAsync(stop, ["stop", .. containers.Select(ContainerUnit.NameOf)])).OrThrow();
        await RunAsync(stop, ["reset-failed", .. containers.Select(ContainerUnit.NameOf)]);
    }

    /// <summary>The last journal lines of a unit, without podman's events.</summary>
    public async Task<IReadOnlyList<string>> JournalTailAsync(string container, int lines, CancellationToken stop)
    {
        var command = CommandLine.Of("journalctl", "--no-pager", "--quiet", "--output=cat", $"--lines={3 * lines}", $"--unit={ContainerUnit.NameOf(container)}");
        var read = await processes.RunAsync(command with { Timeout = TimeSpan.FromSeconds(30) }, stop);
        return [.. read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(" m=+", StringComparison.Ordinal)).TakeLast(lines)];
    }

    private string PathOf(string container) => Path.Combine(paths.UnitDirectory, ContainerUnit.NameOf(container));

    private Task<ProcessResult> RunAsync(CancellationToken stop, params ReadOnlySpan<string> arguments) =>
        processes.RunAsync(CommandLine.Of("systemctl", arguments) with { Timeout = s_limit }, stop);

    private UnitFact? Fact(string properties)
    {
        var values = properties.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!values.TryGetValue("Id", out var id) || ContainerUnit.ContainerOf(id) is not { } container)
            return null;
        var path = PathOf(container);
        return new(
            container,
            File.Exists(path) ? File.ReadAllText(path) : "",
            values.GetValueOrDefault("ActiveState", ""),
            values.GetValueOrDefault("UnitFileState", "") == "enabled",
            int.TryParse(values.GetValueOrDefault("NRestarts"), out var restarts) ? restarts : 0)
        {
            NeedsReload = values.GetValueOrDefault("NeedDaemonReload", "") == "yes",
        };
    }
}
