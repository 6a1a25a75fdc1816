using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Config;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Agent.Cloud;
using Undercloud.Host.Files;
using Undercloud.Host.Generations;
using Undercloud.Host.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Gathering;

/// <summary>The nodes of a nodes file, each with its facts: asked of all nodes at once.</summary>
/// <param name="runner">Runs programs.</param>
/// <param name="installed">The release of the deploying host.</param>
public sealed class CloudNodes(IProcessRunner runner, InstalledRelease installed)
{
    /// <summary>The nodes file cannot be read.</summary>
    public const string NoFile = "NODES004";

    /// <summary>A node cannot be reached, or its program does not run.</summary>
    public const string Unreachable = "NODES005";

    /// <summary>A node has an undercloud of another release, or containers of another installer.</summary>
    public const string Occupied = "NODES006";

    /// <summary>Two nodes have the same host name.</summary>
    public const string SameHostName = "NODES007";

    /// <summary>The installed cloud has several nodes, and the run names none.</summary>
    public const string Forgotten = "NODES008";

    /// <summary>The nodes with their facts; findings about all of them together. None when there are errors.</summary>
    /// <param name="path">The nodes file.</param>
    /// <param name="roles">The roles file.</param>
    /// <param name="release">The release that is to be installed.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<ImmutableArray<(CloudNode Node, NodeFacts Facts)>> ReadAsync(string path, InputFile roles, string release, DiagnosticBag diagnostics, CancellationToken stop)
    {
        var found = new DiagnosticBag();
        var file = OperatorFile.Read(path);
        if (file.Problem is not null || file.Text is null)
        {
            diagnostics.Error(new(path, 0, 0), NoFile, file.Problem ?? $"{path} is not UTF-8 text.", "Name a file with the nodes: --nodes FILE.");
            return [];
        }

        string[] names = [.. RolesFile.Read(roles.Text, roles.Path, new DiagnosticBag()).Select(role => role.Name)];
        var nodes = NodesFile.Read(file.Text, path, names, address => LocalAddresses.Has(new Uri($"http://{(address.IsIPv6 ? $"[{address.Address}]" : $"{address.Address}")}/")), found);
        var facts = await Task.WhenAll(nodes.Select(async node => (Node: node, Facts: await FactsAsync(node, found, stop))));
        foreach (var (node, fact) in facts)
        {
            if (fact is not null)
                Judge(node, fact, release, found);
        }

        foreach (var same in facts.Where(node => node.Facts is not null).GroupBy(node => node.Facts!.Hostname).Where(group => group.Count() > 1))
        {
            found.Error(
                same.Last().Node.Place, SameHostName, $"The nodes {string.Join(" and ", same.Select(node => node.Node.Name))} have the same host name, {same.Key}: services tell nodes apart by it.",
                "Give each node a host name of its own (hostnamectl set-hostname NAME).");
        }

        diagnostics.AddRange(found.All.OrderBy(finding => finding.Location?.Line ?? 0));
        return found.HasErrors ? [] : [.. facts.Select(node => (node.Node, node.Facts!))];
    }

    private async Task<NodeFacts?> FactsAsync(CloudNode node, DiagnosticBag diagnostics, CancellationToken stop)
    {
        if (node.Connection is not { } ssh)
            return await NodeFacts.ReadAsync(runner, installed, stop);
        try
        {
            await using var tool = new RemoteTool(runner, node.Name, ssh, ToolHome.Program);
            return NodeFactsJson.Read(await tool.RunAsync(["agent", "facts"], null, stop));
        }
        catch (Exception failure) when (failure is NodeException or JsonException)
        {
            lock (diagnostics)
            {
                diagnostics.Error(node.Place, Unreachable, failure is NodeException ? failure.Message : $"The node {node.Name} does not tell its facts: {failure.Message}",
                    $"See that `ssh -p {ssh.Port} {ssh.Destination} true` works on this host without a question: the key is in the node's authorized_keys, its host key in known_hosts{(ssh.User == "root" ? "" : ", and sudo asks for no password")}.");
            }

            return null;
        }
    }

    private static void Judge(CloudNode node, NodeFacts facts, string release, DiagnosticBag diagnostics)
    {
        if (facts.Release is { } other && other != release)
            diagnostics.Error(node.Place, Occupied, $"The node {node.Name} has an undercloud of {other}, and {release} is to be installed.", "Uninstall it there with --purge, or name another node.");
        if (!facts.ForeignContainers.IsEmpty)
        {
            diagnostics.Error(
                node.Place, Occupied,
                $"The node {node.Name} has containers of another installer: {string.Join(", ", facts.ForeignContainers.Take(5))}{(facts.ForeignContainers.Length > 5 ? $" and {facts.ForeignContainers.Length - 5} more" : "")}.",
                "Remove them with that installer, or name another node.");
        }

        if (!facts.SystemdRuns)
            diagnostics.Error(node.Place, Unreachable, $"systemd does not run on the node {node.Name}.", "Name a host on which systemd is PID 1.");
    }
}
