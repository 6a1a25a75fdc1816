using System.Collections.Immutable;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>
/// One host of a sandbox: a systemd container with its own volume for containers. The first node is named like the sandbox, the others NAME-2, NAME-3
/// and so on; the container's name is <c>undercloud-</c> and the node's name.
/// </summary>
public sealed class SandboxNode
{
    /// <summary>The label, with the node's number, of everything that belongs to one node of several.</summary>
    internal const string Label = "undercloud.sandbox-node";

    // The interface on the shared segment; undercloud-sandbox-prepare in the host image connects it with eth1.
    private const string SegmentInterface = "segment";

    // A boot includes the start of the undercloud's containers, which wait for each other: on a busy host this took over five minutes.
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private readonly string _sandbox;
    private readonly IProcessRunner _processes;
    private readonly TimeProvider _time;

    internal SandboxNode(string sandbox, int number, IProcessRunner processes, TimeProvider time) =>
        (_sandbox, Number, _processes, _time) = (sandbox, number, processes, time);

    /// <summary>The number; 1 for the first node.</summary>
    public int Number { get; }

    /// <summary>The host name, by which the other nodes know this one.</summary>
    public string HostName => HostNameOf(_sandbox, Number);

    /// <summary>The container's name.</summary>
    public string Container => ContainerOf(_sandbox, Number);

    /// <summary>The name of the volume with the node's containers.</summary>
    internal string Volume => $"{Container}-containers";

    internal static string ContainerOf(string sandbox, int number) => $"undercloud-{HostNameOf(sandbox, number)}";

    private static string HostNameOf(string sandbox, int number) => number == 1 ? sandbox : $"{sandbox}-{number}";

    /// <summary>Runs a program in the node as root and returns its output. A stopped node is not started.</summary>
    public async Task<ProcessResult> ExecAsync(ImmutableArray<string> command, string? input, CancellationToken stop)
    {
        await RestoreCgroupAsync(stop);
        return await _processes.RunAsync(new("podman", ["exec", "-i", Container, .. command]) { Input = input }, stop);
    }

    /// <summary>
    /// Runs a program in the node with this process's own standard input and output, and a terminal when both are one. Its environment includes what
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

    /// <summary>Copies a file, or a directory with its content, to a path in the node.</summary>
    public async Task CopyIntoAsync(string localPath, string pathInside, CancellationToken stop) =>
        (await _processes.RunAsync(CommandLine.Of("podman", "cp", localPath, $"{Container}:{pathInside}") with { OwnSession = true }, stop)).OrThrow();

    /// <summary>Waits until systemd is up in the node.</summary>
    /// <exception cref="SandboxException">systemd is not up within ten minutes.</exception>
    internal async Task WaitForSystemdAsync(CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var state = await ExecAsync(["systemctl", "is-system-running"], null, stop);
            // Degraded: a unit failed, which would not make a server unusable either.
            if (state.Output.Trim() is "running" or "degraded")
                return;
            if (_time.GetElapsedTime(started) > s_boot)
            {
                var units = await ExecAsync(["systemctl", "list-jobs", "--no-pager"], null, stop);
                throw new SandboxException($"systemd did not come up in {Container} within {s_boot.TotalSeconds:F0} s: {state.Output.Trim()} {state.Tail(3)}\n{units.Output}");
            }

            await Task.Delay(s_poll, _time, stop);
        }
    }

    /// <summary>Labels of everything that belongs to the node: the sandbox's name, and the node's number when there are several.</summary>
    internal ImmutableArray<string> LabelOptions(string? segment) =>
        segment is null ? ["--label", $"{Sandbox.Label}={_sandbox}"] : ["--label", $"{Sandbox.Label}={_sandbox}", "--label", $"{Label}={Number}"];

    /// <summary>The arguments for podman that start the node.</summary>
    /// <param name="image">The host image.</param>
    /// <param name="runtime">How containers are started on this host.</param>
    /// <param name="store">The host's image store.</param>
    /// <param name="segment">podman's network between the nodes; null for a single node.</param>
    internal ImmutableArray<string> RunArguments(string image, ContainerRuntime runtime, string store, string? segment) =>
    [
        .. runtime.RuntimeOptions, "run", "--detach", "--pull", "never",
        "--name", Container, .. LabelOptions(segment), "--hostname", HostName,
        // /etc/hosts is a normal file of the node: podman's would be a mount point, which cannot be replaced by a rename.
        "--no-hosts",
        // The name of podman's default network; its interface becomes eth0.
        .. segment is null ? ImmutableArray<string>.Empty : ["--network", "podman", "--network", $"{segment}:interface_name={SegmentInterface}"],
        "--privileged", "--systemd", "always",
        // Without this, systemd's cgroup is mounted twice, and no container starts in the node.
        "--cgroupns", "private", "--pids-limit", "-1",
        "--stop-signal", "SIGRTMIN+3", "--stop-timeout", "100",
        .. runtime.LimitOptions,
        "--volume", $"{Volume}:/var/lib/containers",
        // Without submounts: these would include other containers' file systems, and the store's own a second time.
        "--volume", $"{store}:{SandboxFiles.ImageStore}:ro,bind",
        image,
    ];

    // With cgroup v1, podman shows the host's systemd hierarchy to every systemd container, and the systemd in each removes empty directories there, including
    // those of other containers. A container without its directory cannot run programs from outside.
    private async Task RestoreCgroupAsync(CancellationToken stop)
    {
        const string Hierarchy = "/sys/fs/cgroup/systemd";
        if (!Directory.Exists(Hierarchy))
            return;
        var found = await _processes.RunAsync(CommandLine.Of("podman", "inspect", "--format", "{{.State.CgroupPath}}", Container), stop);
        if (found.Succeeded && found.Output.Trim() is { Length: > 1 } path)
            Directory.CreateDirectory(Hierarchy + path);
    }
}
