using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>Writes the file of a container's unit and that of its sockets (0644). systemd reads them at <see cref="ReloadAsync"/>.</summary>
    /// <param name="container">The container.</param>
    /// <param name="text">The unit's text.</param>
    /// <param name="sockets">The text of its socket unit; empty for a service without sockets, whose file is deleted.</param>
    /// <returns>Whether a file changed.</returns>
    public bool Write(string container, string text, string sockets)
    {
        var changed = AtomicFile.WriteText(PathOf(container), text, AtomicFile.Public);
        if (sockets.Length > 0)
            return AtomicFile.WriteText(SocketPathOf(container), sockets, AtomicFile.Public) || changed;
        changed |= File.Exists(SocketPathOf(container));
        File.Delete(SocketPathOf(container));
        return changed;
    }

    /// <summary>Deletes the files of a container's units.</summary>
    public void Delete(string container)
    {
        File.Delete(PathOf(container));
        File.Delete(SocketPathOf(container));
    }

    public async Task ReloadAsync(CancellationToken stop) => (await RunAsync(stop, "daemon-reload")).OrThrow();

    /// <summary>Enables or disables units with their sockets, without reloading systemd.</summary>
    public async Task EnableAsync(IReadOnlyCollection<string> containers, bool enabled, CancellationToken stop)
    {
        if (containers.Count > 0)
            (await RunAsync(stop, [enabled ? "enable" : "disable", "--quiet", "--no-reload", .. WithSockets(containers)])).OrThrow();
    }

    /// <summary>
    /// Starts a unit, or stops and starts it in one job: between two jobs a waiting client would let systemd start the unit. The count of automatic
    /// restarts begins anew.
    /// </summary>
    public async Task<ProcessResult> RestartAsync(string container, CancellationToken stop)
    {
        await RunAsync(stop, "reset-failed", ContainerUnit.NameOf(container));
        return await RunAsync(stop, "restart", ContainerUnit.NameOf(container));
    }

    /// <summary>Starts the new container of a service beside the former one, with the sockets of the service. Both then take connections from the same sockets.</summary>
    public async Task StartNextAsync(string container, CancellationToken stop)
    {
        Directory.CreateDirectory(paths.TransientUnitDirectory);
        AtomicFile.WriteText(NextPathOf(container), ContainerUnit.NextText(container), AtomicFile.Public);
        (await RunAsync(stop, "start", ContainerUnit.NextUnitOf(container))).OrThrow();
    }

    /// <summary>Removes the unit of <see cref="StartNextAsync"/>, with what still runs in it.</summary>
    public async Task DropNextAsync(string container, CancellationToken stop)
    {
        await RunAsync(stop, "stop", ContainerUnit.NextUnitOf(container));
        await RunAsync(stop, "reset-failed", ContainerUnit.NextUnitOf(container));
        File.Delete(NextPathOf(container));
    }

    /// <summary>
    /// Makes the conmon of a container that was started beside the unit a process of the unit. conmon wrote the file with its process id: when the unit's main
    /// process ends, systemd takes the one in the file for it, and the unit stays active.
    /// </summary>
    /// <exception cref="HostCommandException">systemd did not take the process.</exception>
    public async Task AdoptAsync(string container, CancellationToken stop)
    {
        if (int.TryParse(Read(ContainerUnit.PidFile(container, paths.RunDirectory)), out var conmon))
            (await AttachAsync(ContainerUnit.NameOf(container), [conmon], stop)).OrThrow();
    }

    /// <summary>Moves processes to the control group of a unit. It fails when a process has ended meanwhile.</summary>
    /// <param name="unit">The unit's full name. It is active.</param>
    /// <param name="process">Process ids of this host.</param>
    /// <param name="stop">Cancels the call.</param>
    public Task<ProcessResult> AttachAsync(string unit, IReadOnlyList<int> process, CancellationToken stop)
    {
        var ids = process.Prepend(process.Count).Select(number => number.ToString(CultureInfo.InvariantCulture));
        return processes.RunAsync(new("busctl", ["--quiet", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "AttachProcessesToUnit", "ssau", unit, "", .. ids]) { Timeout = s_limit }, stop);
    }

    /// <summary>Stops units with their sockets, and resets the failed state of those that failed before.</summary>
    public async Task StopAsync(IReadOnlyCollection<string> containers, CancellationToken stop)
    {
        if (containers.Count == 0)
            return;
        (await RunAsync(stop, ["stop", .. WithSockets(containers)])).OrThrow();
        await RunAsync(stop, ["reset-failed", .. WithSockets(containers)]);
    }

    /// <summary>Stops the sockets of services and the services, before the sockets are removed. A service without sockets is left alone.</summary>
    public async Task CloseAsync(IReadOnlyCollection<string> containers, CancellationToken stop) =>
        await StopAsync([.. containers.Where(container => File.Exists(SocketPathOf(container)))], stop);

    /// <summary>The last journal lines of a unit, without podman's events.</summary>
    public async Task<IReadOnlyList<string>> JournalTailAsync(string container, int lines, CancellationToken stop)
    {
        var command = CommandLine.Of("journalctl", "--no-pager", "--quiet", "--output=cat", $"--lines={3 * lines}", $"--unit={ContainerUnit.NameOf(container)}", $"--unit={ContainerUnit.SocketNameOf(container)}");
        var read = await processes.RunAsync(command with { Timeout = TimeSpan.FromSeconds(30) }, stop);
        return [.. read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(" m=+", StringComparison.Ordinal)).TakeLast(lines)];
    }

    private string PathOf(string container) => Path.Combine(paths.UnitDirectory, ContainerUnit.NameOf(container));

    private string NextPathOf(string container) => Path.Combine(paths.TransientUnitDirectory, ContainerUnit.NextUnitOf(container));

    private string SocketPathOf(string container) => Path.Combine(paths.UnitDirectory, ContainerUnit.SocketNameOf(container));

    private IEnumerable<string> WithSockets(IReadOnlyCollection<string> containers) =>
        [.. containers.Where(container => File.Exists(SocketPathOf(container))).Select(ContainerUnit.SocketNameOf), .. containers.Select(ContainerUnit.NameOf)];

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private Task<ProcessResult> RunAsync(CancellationToken stop, params ReadOnlySpan<string> arguments) =>
        processes.RunAsync(CommandLine.Of("systemctl", arguments) with { Timeout = s_limit }, stop);

    private UnitFact? Fact(string properties)
    {
        var values = properties.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!values.TryGetValue("Id", out var id) || ContainerUnit.ContainerOf(id) is not { } container)
            return null;
        return new(
            container,
            Read(PathOf(container)),
            values.GetValueOrDefault("ActiveState", ""),
            values.GetValueOrDefault("UnitFileState", "") == "enabled",
            int.TryParse(values.GetValueOrDefault("NRestarts"), out var restarts) ? restarts : 0)
        {
            SocketText = Read(SocketPathOf(container)),
            NeedsReload = values.GetValueOrDefault("NeedDaemonReload", "") == "yes",
        };
    }
}
