using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Containers;

/// <summary>podman's command line on this host.</summary>
/// <param name="processes">Runs podman.</param>
/// <param name="runDirectory">The directory in which OCI runtimes keep the state of running containers, each runtime in a directory of its name.</param>
public sealed partial class Podman(IProcessRunner processes, string runDirectory = "/run")
{
    private const int NotInstalled = 127;
    private static readonly TimeSpan s_short = TimeSpan.FromMinutes(2);

    /// <summary>All containers, including those of others; empty while podman is not installed.</summary>
    public async Task<ImmutableArray<ContainerFact>> ListAsync(CancellationToken stop)
    {
        var listed = await RunAsync(stop, "ps", "--all", "--no-trunc", "--format=json");
        return listed.ExitCode == NotInstalled ? [] : [.. Entries(listed).Where(entry => entry.Names is { Count: > 0 }).Select(Fact)];
    }

    /// <summary>The id of an image by its name or id; null when the image is not on this host.</summary>
    public async Task<string?> ImageIdAsync(string image, CancellationToken stop) => (await ImageIdsAsync([image], stop))[0];

    /// <summary>The ids of images, in the order of the request; null for an image that is not on this host.</summary>
    public async Task<IReadOnlyList<string?>> ImageIdsAsync(IReadOnlyList<string> images, CancellationToken stop)
    {
        if (images.Count == 0)
            return [];
        var inspected = await RunAsync(stop, ["image", "inspect", "--format={{.Id}}", .. images]);
        if (inspected.Succeeded)
        {
            var lines = inspected.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == images.Count ? lines : throw new HostCommandException(inspected, $"printed {lines.Length} lines for {images.Count} images.");
        }

        if (inspected.ExitCode == NotInstalled)
            return new string?[images.Count];
        if (!inspected.Error.Contains("image not known", StringComparison.Ordinal))
            inspected.OrThrow();

        // When one of several images is missing, podman does not say which line belongs to which image.
        if (images.Count == 1)
            return [null];
        var ids = new List<string?>();
        foreach (var image in images)
            ids.Add(await ImageIdAsync(image, stop));
        return ids;
    }

    public Task<ProcessResult> PullAsync(string image, CancellationToken stop) =>
        processes.RunAsync(CommandLine.Of("podman", "pull", "--quiet", image) with { Timeout = TimeSpan.FromMinutes(30) }, stop);

    /// <summary>Creates a container and returns its id.</summary>
    public async Task<string> CreateAsync(ImmutableArray<string> arguments, CancellationToken stop) =>
        (await RunAsync(stop, arguments.AsSpan())).OrThrow().Output.Trim();

    /// <summary>Starts a container that was created, for the time after this run too: the next run does not take it for a process that outlived this one.</summary>
    public async Task StartAsync(string container, CancellationToken stop) =>
        (await processes.RunAsync(CommandLine.Of("env", "-u", MarkedProcesses.Variable, "podman", "start", container) with { Timeout = s_short }, stop)).OrThrow();

    /// <summary>Gives a container another name. It fails when another container has the name.</summary>
    public Task<ProcessResult> RenameAsync(string container, string name, CancellationToken stop) => RunAsync(stop, "rename", container, name);

    /// <summary>Stops and removes a container with its anonymous volumes; a missing container is no error.</summary>
    public async Task RemoveAsync(string container, CancellationToken stop) =>
        (await RunAsync(stop, "rm", "--force", "--ignore", "--volumes", container)).OrThrow();

    /// <summary>Whether a container could not be created because its name is in use.</summary>
    public static bool IsNameTaken(ProcessResult result) =>
        result.ExitCode == 125 && result.Error.Contains("already in use", StringComparison.Ordinal);

    /// <summary>
    /// Removes what a podman that was killed while creating a container leaves behind: storage with the container's name, without a container.
    /// buildah's working containers are listed in the same way, marked as buildah's, and are not removed.
    /// </summary>
    /// <returns>Whether there was something to remove.</returns>
    public async Task<bool> RemoveLeftoverAsync(string name, CancellationToken stop)
    {
        var listed = (await RunAsync(stop, "ps", "--all", "--external", "--no-trunc", "--format=json")).OrThrow();
        var leftover = Entries(listed).FirstOrDefault(entry => entry.Names is [var first, ..] && first == name && entry.Command is ["storage"]);
        if (leftover is null)
            return false;
        (await RunAsync(stop, "rm", "--force", leftover.Id)).OrThrow();
        return true;
    }

    /// <summary>Stops a container and gives it its stop timeout; a missing container is no error.</summary>
    public Task<ProcessResult> StopAsync(string container, CancellationToken stop) =>
        processes.RunAsync(CommandLine.Of("podman", "stop", "--ignore", container) with { Timeout = TimeSpan.FromMinutes(10) }, stop);

    /// <summary>Stops a container that nobody waits for; it may take longer than its stop timeout.</summary>
    /// <param name="container">Its name or id.</param>
    /// <param name="grace">The time between the stop signal and SIGKILL.</param>
    /// <param name="stop">Cancels the call.</param>
    public Task<ProcessResult> StopAsync(string container, TimeSpan grace, CancellationToken stop) =>
        processes.RunAsync(CommandLine.Of("podman", "stop", "--ignore", string.Create(CultureInfo.InvariantCulture, $"--time={grace.TotalSeconds:F0}"), container) with { Timeout = grace + s_short }, stop);

    /// <summary>Sends a signal to a container's first process.</summary>
    /// <returns>Whether the container runs.</returns>
    public async Task<bool> SignalAsync(string container, string signal, CancellationToken stop) =>
        (await RunAsync(stop, "kill", $"--signal={signal}", container)).Succeeded;

    /// <summary>Sends a signal to the first processes of several running containers at once, which takes a fraction of the time of podman.</summary>
    /// <param name="containers">Containers as they are listed now.</param>
    /// <param name="signal">The signal's name, e.g. SIGTSTP.</param>
    /// <param name="stop">Cancels the sending.</param>
    public async Task SignalAllAsync(IReadOnlyCollection<ContainerFact> containers, string signal, CancellationToken stop)
    {
        // The exit code only says that one of the processes has ended meanwhile.
        if (containers.Count > 0)
            await processes.RunAsync(new("kill", ["-s", signal["SIG".Length..], .. containers.Select(container => container.Process.ToString(CultureInfo.InvariantCulture))]) { Timeout = s_short }, stop);
    }

    public async Task UnpauseAsync(string container, CancellationToken stop) => (await RunAsync(stop, "unpause", container)).OrThrow();

    /// <summary>Runs a container's health check once. podman counts the result: after the start period, failures make the container unhealthy.</summary>
    public async Task<bool> RunHealthCheckAsync(string container, CancellationToken stop) =>
        (await RunAsync(stop, "healthcheck", "run", container)).Succeeded;

    /// <summary>When the last health check began that podman ran in a container, if it succeeded.</summary>
    /// <param name="containers">Ids of containers.</param>
    /// <param name="stop">Cancels the reading.</param>
    /// <returns>Container id to time; without the containers whose last check failed or is not known.</returns>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastGoodChecksAsync(IReadOnlyCollection<string> containers, CancellationToken stop)
    {
        var found = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (containers.Count == 0)
            return found;

        // A container that is gone by now makes the command fail; the lines of the others are there.
        var inspected = await RunAsync(stop, ["inspect", "--format={{.Id}} {{json .State.Health}}", .. containers]);
        foreach (var line in inspected.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 2) is [var id, var health] && LastOf(health) is { ExitCode: 0 } last)
                found[id] = last.Start;
        }

        return found;
    }

    private static PodmanCheck? LastOf(string health)
    {
        try
        {
            return JsonSerializer.Deserialize(health, PodmanJson.Default.PodmanHealth)?.Log is [.., var last] ? last : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Runs the command of a health check in the container without podman counting the result: by the container's OCI runtime where it is known, else by podman.
    /// </summary>
    /// <param name="container">The container's name.</param>
    /// <param name="id">The container's id.</param>
    /// <param name="check">The health check.</param>
    /// <param name="stop">Cancels the command.</param>
    public Task<ProcessResult> AskAsync(string container, string id, HealthCheck check, CancellationToken stop) =>
        AskAsync(container, id, check.Test, TimeSpan.FromSeconds(check.Timeout), stop);

    /// <summary>Runs a shell command in a container: by the container's OCI runtime where it is known, else by podman.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="id">The container's id.</param>
    /// <param name="test">The shell command.</param>
    /// <param name="timeout">The time after which the command is ended.</param>
    /// <param name="stop">Cancels the command.</param>
    public Task<ProcessResult> AskAsync(string container, string id, string test, TimeSpan timeout, CancellationToken stop)
    {
        var command = new RuntimeExec(runDirectory).Of(id, test) ?? CommandLine.Of("podman", "exec", container, "/bin/sh", "-c", test);
        return processes.RunAsync(command with { Timeout = timeout }, stop);
    }

    /// <summary>A container's id and the time of its last start.</summary>
    public async Task<(string Id, DateTimeOffset Started)> StartOfAsync(string container, CancellationToken stop)
    {
        var inspected = (await RunAsync(stop, "inspect", "--format={{.Id}} {{.State.StartedAt.UnixMilli}}", container)).OrThrow();
        return inspected.Output.Trim().Split(' ') is [var id, var started] && long.TryParse(started, CultureInfo.InvariantCulture, out var milliseconds)
            ? (id, DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, milliseconds)))
            : throw new HostCommandException(inspected, $"printed no id and time, but: {inspected.Output.Trim()}");
    }

    /// <summary>Waits until a container ends, and returns its exit code.</summary>
    public async Task<int> WaitAsync(string container, CancellationToken stop)
    {
        var waited = (await processes.RunAsync(CommandLine.Of("podman", "wait", container), stop)).OrThrow();
        return int.TryParse(waited.Output.Trim(), out var code) ? code : throw new HostCommandException(waited, $"printed no exit code, but: {waited.Output.Trim()}");
    }

    /// <summary>The last lines of a container's log, in order.</summary>
    public async Task<IReadOnlyList<string>> LogTailAsync(string container, int lines, CancellationToken stop)
    {
        var seen = new List<string>();
        await processes.FollowAsync(
            CommandLine.Of("podman", "logs", $"--tail={lines}", container) with { Timeout = s_short }, line => Keep(seen, line.Text), stop);
        return [.. seen.TakeLast(lines)];
    }

    /// <summary>Runs <c>podman run</c> or <c>podman exec</c> to the end; returns the exit code and the last lines of both streams in order of arrival.</summary>
    public async Task<(ProcessResult Result, IReadOnlyList<string> Tail)> FollowAsync(ImmutableArray<string> arguments, int lines, CancellationToken stop)
    {
        var seen = new List<string>();
        var command = new CommandLine("podman", arguments) { OwnSession = true };
        var result = await processes.FollowAsync(command, line => Keep(seen, line.Text), stop);
        return (result, [.. seen.TakeLast(lines)]);
    }

    private static void Keep(List<string> seen, string line)
    {
        lock (seen)
        {
            seen.Add(line);
            if (seen.Count > 200)
                seen.RemoveRange(0, 100);
        }
    }

    private Task<ProcessResult> RunAsync(CancellationToken stop, params ReadOnlySpan<string> arguments) =>
        processes.RunAsync(CommandLine.Of("podman", arguments) with { Timeout = s_short }, stop);

    private static IReadOnlyList<PodmanPsEntry> Entries(ProcessResult listed) =>
        listed.Json(PodmanJson.Default.IReadOnlyListPodmanPsEntry);

    private static ContainerFact Fact(PodmanPsEntry entry)
    {
        var since = entry.State == "running" ? entry.StartedAt : entry.ExitedAt > 0 ? entry.ExitedAt : entry.Created;
        return new()
        {
            Name = entry.Names![0],
            Id = entry.Id,
            Image = entry.Image ?? "",
            ImageId = entry.ImageId ?? "",
            State = entry.State ?? "",
            Health = entry.State == "running" && HealthPattern().Match(entry.Status ?? "") is { Success: true } match ? match.Groups[1].Value : null,
            ExitCode = entry.ExitCode,
            Process = entry.Pid,
            Created = DateTimeOffset.FromUnixTimeSeconds(entry.Created),
            Since = DateTimeOffset.FromUnixTimeSeconds(since),
            Labels = entry.Labels?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty,
        };
    }

    // podman 4: the listing has no field for the health, but the status ends with it.
    [GeneratedRegex(@"\((healthy|unhealthy|starting)\)$")]
    private static partial Regex HealthPattern();
}
