using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>
/// A throwaway host: a systemd container with a network of its own (eth0, and eth1 without an address), podman working in it, and the
/// machine's images in its view, read-only. Its container is <c>undercloud-NAME</c>.
/// </summary>
public sealed partial class Sandbox
{
    public const string DefaultName = "default";

    /// <summary>The label, with the sandbox's name, of everything on the machine that belongs to one.</summary>
    internal const string Label = "undercloud.sandbox";

    // After a restart the undercloud's containers, which wait for each other, are part of it: on a busy host that took over five minutes.
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_remove = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private readonly IProcessRunner _processes;
    private readonly TimeProvider _time;

    /// <exception cref="SandboxException">The name cannot be a sandbox's.</exception>
    public Sandbox(string name, IProcessRunner processes, TimeProvider time)
    {
        if (!SandboxName().IsMatch(name))
            throw new SandboxException($"'{name}' cannot be a sandbox's name: use lower-case letters, digits and hyphens, at most 40.");
        (Name, _processes, _time) = (name, processes, time);
    }

    public string Name { get; }

    /// <summary>Its container's name.</summary>
    public string Container => ContainerOf(Name);

    private string Volume => $"{Container}-containers";

    internal static string ContainerOf(string name) => $"undercloud-{name}";

    /// <summary>Makes it from a host image and waits until systemd is up; on failure nothing of it is left.</summary>
    /// <exception cref="SandboxException">There is one of that name, or systemd does not come up in it.</exception>
    public async Task CreateAsync(string image, CancellationToken stop)
    {
        if (await FindAsync(stop) is { } there)
        {
            throw new SandboxException(there.State == "incomplete"
                ? $"Something is left of a sandbox '{Name}'. Remove it: undercloud sandbox delete {Name}"
                : $"There is a sandbox '{Name}' already ({there.State}). Use it, or remove it first: undercloud sandbox delete {Name}");
        }

        if ((await _processes.RunAsync(CommandLine.Of("podman", "container", "exists", Container), stop)).Succeeded)
            throw new SandboxException($"There is a container {Container} that is no sandbox of this tool. Choose another name.");
        var runtime = await ContainerRuntime.FindAsync(_processes, stop);
        var store = (await PodmanAsync(["info", "--format", "{{.Store.GraphRoot}} {{.Store.GraphDriverName}}"], null, stop)).Output.Trim().Split(' ');
        try
        {
            await PodmanAsync(["volume", "create", "--label", $"{Label}={Name}", Volume], null, stop);
            await PodmanAsync(RunArguments(image, runtime, store[0]), null, stop);
            var files = SandboxFiles.Script(Name, store[1], await File.ReadAllTextAsync("/etc/hosts", stop), runtime.Limits);
            await PodmanAsync(["exec", "-i", Container, "sh"], files, stop);
            await WaitForSystemdAsync(stop);
        }
        catch
        {
            await DeleteAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Every sandbox of this machine, by name.</summary>
    public static async Task<ImmutableArray<SandboxState>> ListAsync(IProcessRunner processes, CancellationToken stop) =>
        await new SandboxListing(processes).ReadAsync(stop);

    /// <summary>It as podman sees it; null when there is none.</summary>
    public async Task<SandboxState?> FindAsync(CancellationToken stop) => (await ListAsync(_processes, stop)).FirstOrDefault(sandbox => sandbox.Name == Name);

    /// <summary>Runs a program in it as root and returns its output. A stopped sandbox is not started.</summary>
    public async Task<ProcessResult> ExecAsync(ImmutableArray<string> command, string? input, CancellationToken stop)
    {
        await RestoreCgroupAsync(stop);
        return await _processes.RunAsync(new("podman", ["exec", "-i", Container, .. command]) { Input = input }, stop);
    }

    /// <summary>
    /// Runs a program in it with this process's own standard input and output, and a terminal when both are one; its environment has what
    /// /root/stackrc sets. Returns the exit code.
    /// </summary>
    public async Task<int> AttachAsync(ImmutableArray<string> command, CancellationToken stop)
    {
        await RestoreCgroupAsync(stop);
        var terminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        ImmutableArray<string> options = terminal ? ["-it", "--env", $"TERM={Environment.GetEnvironmentVariable("TERM") ?? "linux"}"] : ["-i"];
        return await _processes.AttachAsync(
            new("podman",
            [
                "exec", .. options, "--workdir", "/root", "--env", "HOME=/root", Container,
                "bash", "-c", "[ -r /root/stackrc ] && . /root/stackrc; exec \"$@\"", "--", .. command,
            ]),
            stop);
    }

    /// <summary>Copies a file, or a directory with all that is in it, to a path inside.</summary>
    public Task CopyIntoAsync(string localPath, string pathInside, CancellationToken stop) =>
        PodmanAsync(["cp", localPath, $"{Container}:{pathInside}"], null, stop);

    /// <summary>Reboots it: a clean stop, a start, and systemd is up again.</summary>
    public async Task RestartAsync(CancellationToken stop)
    {
        await PodmanAsync(["stop", Container], null, stop);
        await StartAsync(stop);
    }

    /// <summary>Starts it when it is stopped, and waits until systemd is up.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        await PodmanAsync(["start", Container], null, stop);
        await WaitForSystemdAsync(stop);
    }

    /// <summary>Removes it with its machines and volumes. Without one this does nothing.</summary>
    public async Task DeleteAsync(CancellationToken stop)
    {
        await RemoveLabelledAsync(Machine.Label, ["ps", "--all", "--quiet", "--no-trunc"], ["rm", "--force", "--time", "0", "--volumes"], stop);
        await RemoveLabelledAsync(Label, ["ps", "--all", "--quiet", "--no-trunc"], ["rm", "--force", "--time", "0", "--volumes"], stop);
        await RemoveLabelledAsync(Label, ["volume", "ls", "--quiet"], ["volume", "rm", "--force"], stop);
    }

    // With cgroup v1, podman shows the machine's own systemd hierarchy to every systemd container, and each one's systemd clears what is
    // empty there, the others' directories too; without its directory nothing can be started in a container from outside.
    private async Task RestoreCgroupAsync(CancellationToken stop)
    {
        const string Hierarchy = "/sys/fs/cgroup/systemd";
        if (!Directory.Exists(Hierarchy))
            return;
        var found = await _processes.RunAsync(CommandLine.Of("podman", "inspect", "--format", "{{.State.CgroupPath}}", Container), stop);
        if (found.Succeeded && found.Output.Trim() is { Length: > 1 } path)
            Directory.CreateDirectory(Hierarchy + path);
    }

    private async Task RemoveLabelledAsync(string label, ImmutableArray<string> list, ImmutableArray<string> remove, CancellationToken stop)
    {
        var ours = (await PodmanAsync([.. list, "--filter", $"label={label}={Name}"], null, stop)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ours.Length == 0)
            return;
        // On a busy machine what was killed may not be gone at once, and podman gives up.
        var first = await _processes.RunAsync(new("podman", [.. remove, .. ours]) { OwnSession = true }, stop);
        if (!first.Succeeded)
            await RemoveAgainAsync([.. remove, .. ours], stop);
    }

    private async Task RemoveAgainAsync(ImmutableArray<string> arguments, CancellationToken stop)
    {
        await Task.Delay(s_remove, _time, stop);
        var again = await _processes.RunAsync(new("podman", arguments) { OwnSession = true }, stop);
        if (!again.Succeeded && !again.Error.Contains("no such", StringComparison.OrdinalIgnoreCase))
            again.OrThrow();
    }

    private ImmutableArray<string> RunArguments(string image, ContainerRuntime runtime, string store) =>
    [
        .. runtime.RuntimeOptions, "run", "--detach", "--pull", "never",
        "--name", Container, "--label", $"{Label}={Name}", "--hostname", Name,
        // Its /etc/hosts is its own: podman's would be a mount, which nothing can be renamed over.
        "--no-hosts",
        "--privileged", "--systemd", "always",
        // Without it systemd's cgroup is mounted twice, and no container starts inside.
        "--cgroupns", "private", "--pids-limit", "-1",
        "--stop-signal", "SIGRTMIN+3", "--stop-timeout", "100",
        .. runtime.LimitOptions,
        "--volume", $"{Volume}:/var/lib/containers",
        // Not what is mounted below: that would hold other containers' file systems, and its own a second time.
        "--volume", $"{store}:{SandboxFiles.ImageStore}:ro,bind",
        image,
    ];

    private async Task WaitForSystemdAsync(CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var state = await ExecAsync(["systemctl", "is-system-running"], null, stop);
            // Degraded: some unit failed, which on a server would not keep anyone from working either.
            if (state.Output.Trim() is "running" or "degraded")
                return;
            if (_time.GetElapsedTime(started) > s_boot)
            {
                var units = await ExecAsync(["systemctl", "list-jobs", "--no-pager"], null, stop);
                throw new SandboxException($"systemd did not come up in the sandbox '{Name}' within {s_boot.TotalSeconds:F0} s: {state.Output.Trim()} {state.Tail(3)}\n{units.Output}");
            }

            await Task.Delay(s_poll, _time, stop);
        }
    }

    private async Task<ProcessResult> PodmanAsync(ImmutableArray<string> arguments, string? input, CancellationToken stop) =>
        (await _processes.RunAsync(new("podman", arguments) { Input = input, OwnSession = true }, stop)).OrThrow();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex SandboxName();
}
