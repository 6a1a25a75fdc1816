using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>
/// A throwaway host, or several on one control-plane segment: systemd containers with their own network (eth0, and eth1 without an address), in which
/// podman works and which see the host's images read-only.
/// </summary>
public sealed partial class Sandbox
{
    public const string DefaultName = "default";

    /// <summary>The maximum number of hosts in a sandbox.</summary>
    public const int MostNodes = 16;

    /// <summary>The label of everything that belongs to a sandbox, with the sandbox's name.</summary>
    internal const string Label = "undercloud.sandbox";

    private static readonly TimeSpan s_remove = TimeSpan.FromSeconds(5);

    private readonly IProcessRunner _processes;
    private readonly TimeProvider _time;
    private readonly SandboxPeers _peers;

    /// <exception cref="SandboxException">The name is not valid for a sandbox.</exception>
    public Sandbox(string name, IProcessRunner processes, TimeProvider time)
    {
        if (!SandboxName().IsMatch(name))
            throw new SandboxException($"'{name}' is not a valid name for a sandbox: use lower-case letters, digits and hyphens, at most 40.");
        (Name, _processes, _time, _peers) = (name, processes, time, new(processes));
    }

    public string Name { get; }

    /// <summary>The name of the first node's container.</summary>
    public string Container => Node(1).Container;

    /// <summary>How the sandbox's containers are started; null to find out by starting one.</summary>
    internal ContainerRuntime? Runtime { get; init; }

    // podman's network between the nodes is named like the first node's container.
    private string Segment => Container;

    /// <summary>A node by its number, whether it exists or not.</summary>
    public SandboxNode Node(int number) => new(Name, number, _processes, _time);

    /// <summary>
    /// Creates the sandbox from a host image and waits until systemd is up; on failure everything is removed. Several nodes get a segment between their eth1,
    /// each other's names, and SSH keys for root.
    /// </summary>
    /// <param name="image">The host image.</param>
    /// <param name="nodes">The number of hosts.</param>
    /// <exception cref="SandboxException">
    /// The number is not 1 to 16, the sandbox exists already, a container has the name of one of the nodes, or systemd does not come up.
    /// </exception>
    public async Task CreateAsync(string image, int nodes, CancellationToken stop)
    {
        if (nodes is < 1 or > MostNodes)
            throw new SandboxException($"A sandbox has 1 to {MostNodes} nodes, not {nodes}.");
        if (await FindAsync(stop) is { } there)
        {
            throw new SandboxException(there.State == "incomplete"
                ? $"The sandbox '{Name}' is incomplete. Remove it: undercloud sandbox delete {Name}"
                : $"The sandbox '{Name}' exists already ({there.State}). Use it, or remove it first: undercloud sandbox delete {Name}");
        }

        ImmutableArray<SandboxNode> all = [.. Enumerable.Range(1, nodes).Select(Node)];
        foreach (var node in all)
        {
            // The second node of "a" and the first one of "a-2" have the same name; a foreign container may have it as well.
            if ((await _processes.RunAsync(CommandLine.Of("podman", "container", "exists", node.Container), stop)).Succeeded)
                throw new SandboxException($"The container {node.Container} exists already: it belongs to another sandbox, or not to this tool. Choose another name.");
        }

        var runtime = Runtime ?? await ContainerRuntime.FindAsync(_processes, stop);
        var info = await PodmanAsync(["info", "--format", "{{.Store.GraphRoot}} {{.Store.GraphDriverName}}"], null, stop);
        if (info.Output.Trim().Split(' ') is not [var store, var driver])
            throw new HostCommandException(info, $"printed no store and driver, but: {info.Output.Trim()}");
        try
        {
            await MakeAsync(all, image, runtime, store, driver, stop);
        }
        catch (Exception failure)
        {
            await TakeBackAsync(failure);
            throw;
        }
    }

    /// <summary>All nodes of all sandboxes on this host, by name and number.</summary>
    public static async Task<ImmutableArray<SandboxState>> ListAsync(IProcessRunner processes, CancellationToken stop) =>
        await new SandboxListing(processes).ReadAsync(stop);

    /// <summary>The sandbox's nodes as podman reports them; empty when the sandbox does not exist.</summary>
    public async Task<ImmutableArray<SandboxState>> NodesAsync(CancellationToken stop) =>
        [.. (await ListAsync(_processes, stop)).Where(node => node.Name == Name)];

    /// <summary>The first node as podman reports it; null when the sandbox does not exist.</summary>
    public async Task<SandboxState?> FindAsync(CancellationToken stop) => (await NodesAsync(stop)).FirstOrDefault();

    /// <summary>One node as podman reports it, or all.</summary>
    /// <param name="node">The node's number; null for all.</param>
    /// <exception cref="SandboxException">The sandbox or the node does not exist.</exception>
    public async Task<ImmutableArray<SandboxState>> GetAsync(int? node, CancellationToken stop)
    {
        var all = await NodesAsync(stop);
        if (all.IsEmpty)
            throw new SandboxException($"There is no sandbox '{Name}'. Create it: undercloud sandbox create {Name}");
        if (node is null)
            return all;
        return all.FirstOrDefault(there => there.Node == node) is { } found
            ? [found]
            : throw new SandboxException($"The sandbox '{Name}' has no node {node}. It has: {string.Join(", ", all.Select(there => there.Node))}");
    }

    /// <summary>Runs a program in the first node as root and returns its output. A stopped sandbox is not started.</summary>
    public Task<ProcessResult> ExecAsync(ImmutableArray<string> command, string? input, CancellationToken stop) => Node(1).ExecAsync(command, input, stop);

    /// <summary>Runs a program in the first node with this process's own standard input and output (<see cref="SandboxNode.AttachAsync"/>).</summary>
    public Task<int> AttachAsync(ImmutableArray<string> command, CancellationToken stop) => Node(1).AttachAsync(command, stop);

    /// <summary>Copies a file, or a directory with its content, to a path in the first node.</summary>
    public Task CopyIntoAsync(string localPath, string pathInside, CancellationToken stop) => Node(1).CopyIntoAsync(localPath, pathInside, stop);

    /// <summary>Reboots one node or all: a clean stop and a start; waits until systemd is up again.</summary>
    /// <param name="node">The node's number; null for all.</param>
    /// <exception cref="SandboxException">The sandbox or the node does not exist, or systemd does not come up.</exception>
    public async Task RestartAsync(int? node, CancellationToken stop)
    {
        var these = await GetAsync(node, stop);
        await PodmanAsync(["stop", .. these.Select(there => there.Container)], null, stop);
        await StartAsync(these, stop);
    }

    /// <summary>Starts one node or all if stopped, and waits until systemd is up.</summary>
    /// <param name="node">The node's number; null for all.</param>
    /// <exception cref="SandboxException">The sandbox or the node does not exist, or systemd does not come up.</exception>
    public async Task StartAsync(int? node, CancellationToken stop) => await StartAsync(await GetAsync(node, stop), stop);

    /// <summary>Removes the sandbox with its machines, volumes and segment. Without a sandbox it does nothing.</summary>
    public async Task DeleteAsync(CancellationToken stop)
    {
        await RemoveLabelledAsync(Machine.Label, ["ps", "--all", "--quiet", "--no-trunc"], ["rm", "--force", "--time", "0", "--volumes"], stop);
        await RemoveLabelledAsync(Label, ["ps", "--all", "--quiet", "--no-trunc"], ["rm", "--force", "--time", "0", "--volumes"], stop);
        await RemoveLabelledAsync(Label, ["network", "ls", "--quiet"], ["network", "rm"], stop);
        // Volumes are last: as long as one exists, the sandbox is listed and can be deleted.
        await RemoveLabelledAsync(Label, ["volume", "ls", "--quiet"], ["volume", "rm", "--force"], stop);
    }

    // All volumes are created first: after a kill, each missing node is then listed as incomplete.
    private async Task MakeAsync(ImmutableArray<SandboxNode> nodes, string image, ContainerRuntime runtime, string store, string driver, CancellationToken stop)
    {
        var segment = nodes.Length > 1 ? Segment : null;
        foreach (var node in nodes)
            await PodmanAsync(["volume", "create", .. node.LabelOptions(segment), node.Volume], null, stop);
        // The network is only a link, without addresses or names from podman. podman connects a node with it at every start, unlike a veth that was moved between
        // nodes; and unlike a tunnel over eth0 it carries frames of 1500 bytes and needs no address of a peer.
        if (segment is not null)
            await PodmanAsync(["network", "create", "--internal", "--disable-dns", "--ipam-driver", "none", "--label", $"{Label}={Name}", segment], null, stop);
        foreach (var node in nodes)
        {
            await PodmanAsync(node.RunArguments(image, runtime, store, segment), null, stop);
            var files = SandboxFiles.Script(node.HostName, driver, await File.ReadAllTextAsync("/etc/hosts", stop), runtime.Limits);
            await PodmanAsync(["exec", "-i", node.Container, "sh"], files, stop);
        }

        foreach (var node in nodes)
            await node.WaitForSystemdAsync(stop);
        if (segment is not null)
            await _peers.IntroduceAsync(nodes, stop);
    }

    // A machine on which podman fails at making may fail at removing too: the first failure is the one that tells why.
    private async Task TakeBackAsync(Exception failure)
    {
        try
        {
            await DeleteAsync(CancellationToken.None);
        }
        catch (HostCommandException) when (failure is HostCommandException or SandboxException)
        {
            throw new SandboxException($"{failure.Message}\nWhat was made of the sandbox could not be removed. Remove it: undercloud sandbox delete {Name}");
        }
    }

    private async Task StartAsync(ImmutableArray<SandboxState> these, CancellationToken stop)
    {
        await PodmanAsync(["start", .. these.Select(there => there.Container)], null, stop);
        foreach (var there in these)
            await Node(there.Node).WaitForSystemdAsync(stop);
        var all = await NodesAsync(stop);
        if (all.Length > 1)
            await _peers.TellAddressesAsync([.. all.Where(there => there.State == "running").Select(there => Node(there.Node))], stop);
    }

    private async Task RemoveLabelledAsync(string label, ImmutableArray<string> list, ImmutableArray<string> remove, CancellationToken stop)
    {
        var ours = (await PodmanAsync([.. list, "--filter", $"label={label}={Name}"], null, stop)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ours.Length == 0)
            return;
        // On a busy host, killed processes may not end at once, and podman gives up.
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

    private async Task<ProcessResult> PodmanAsync(ImmutableArray<string> arguments, string? input, CancellationToken stop) =>
        (await _processes.RunAsync(new("podman", arguments) { Input = input, OwnSession = true }, stop)).OrThrow();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex SandboxName();
}
