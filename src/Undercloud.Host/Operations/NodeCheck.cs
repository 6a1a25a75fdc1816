using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Asks the agent verbs what they would do for a plan, on this host, without doing it.</summary>
public sealed class NodeCheck(IProcessRunner runner)
{
    /// <summary>
    /// Everything that differs between the plan and this host. Diffs hold secrets: mask before showing. Notes say what could not be compared,
    /// because a service of an installed cloud did not answer.
    /// </summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="cloud">Also ask the cloud's services for the objects in them; those that do not answer are noted.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <exception cref="HostCommandException">A verb failed.</exception>
    public async Task<NodeResult> RunAsync(DeploymentPlan plan, bool cloud, CancellationToken stop)
    {
        var scratch = ScratchDirectory.Make("check");
        try
        {
            var changes = new List<NodeChange>();
            var notes = new List<string>();
            foreach (var node in plan.Nodes)
            {
                foreach (var verb in Verbs(node, scratch.FullName, cloud))
                {
                    var answer = await AskAsync(verb, stop);
                    changes.AddRange(answer.Changes);
                    if (verb is ["agent", "cloud", ..])
                        notes.AddRange(answer.Notes);
                }
            }

            return new(changes.Count > 0, changes) { Notes = [.. notes.Distinct()] };
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static IEnumerable<string[]> Verbs(NodePlan node, string scratch, bool cloud)
    {
        var manifest = Path.Combine(scratch, "manifest.json");
        AtomicFile.WriteText(manifest, ManifestJson.Write(node.Manifest));
        yield return ["agent", "files", "apply", "--manifest", manifest];
        yield return ["agent", "network", "apply", "--manifest", manifest];
        yield return ["agent", "firewall", "apply", "--manifest", manifest];
        if (node.Manifest.Certificates.Count > 0)
            yield return ["agent", "certificates", "apply", "--manifest", manifest];
        foreach (var step in Planner.Steps)
        {
            var startup = Path.Combine(scratch, $"step_{step}.json");
            AtomicFile.WriteText(startup, CanonicalJson.WriteIndented(ContainerSpecWriter.Write(node.ContainersOf(step))));
            yield return ["container", "apply", "--config-id", Planner.ConfigId(step), "--file", startup, "--managed-by", $"tripleo-{node.Role}"];
            if (cloud && node.Manifest.Cloud.ContainsKey(step))
                yield return ["agent", "cloud", "apply", "--step", $"{step}", "--manifest", manifest];
        }

        if (cloud && node.Manifest.Cloud.Count > 0)
            yield return ["agent", "cloud", "prune", "--step", $"{node.Manifest.Cloud.Keys.First()}", "--manifest", manifest];

        yield return ["agent", "firewall", "prune", "--manifest", manifest];
        yield return ["agent", "network", "prune", "--manifest", manifest];
        yield return ["agent", "files", "prune", "--manifest", manifest];
    }

    private async Task<NodeResult> AskAsync(string[] verb, CancellationToken stop)
    {
        var result = await runner.RunAsync(new CommandLine(ToolHome.Program, [.. verb, "--check", "-f", "json"]), stop);
        var answer = result.Output.StartsWith('{') ? ManifestJson.ReadResult(result.Output) : null;
        if (answer is null || answer.Failed)
            throw new HostCommandException(answer is null ? result : result with { Error = answer.Message ?? "" });
        return answer;
    }
}
