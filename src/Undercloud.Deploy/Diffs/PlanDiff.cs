using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Diffs;

/// <summary>
/// The differences of two plans, computed without a host. The result contains no values, so it contains no secrets. Differences that follow from
/// others are omitted: start-up configurations follow from containers.
/// </summary>
public static class PlanDiff
{
    // The only map of a manifest whose keys are names of things.
    private const string KernelSettings = "kernel_settings";

    // The names of a manifest's lists, and what one of their items is called. A list that is missing here is called by its own name.
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["blocks"] = "block",
        ["bridges"] = "bridge",
        ["certificates"] = "certificate",
        ["directories"] = "directory",
        ["domains"] = "domain",
        ["enabled_units"] = "unit",
        ["files"] = "file",
        ["flavors"] = "flavor",
        ["interfaces"] = "interface",
        [KernelSettings] = "kernel setting",
        ["key_pairs"] = "key pair",
        ["nameservers"] = "nameserver",
        ["networks"] = "network",
        ["projects"] = "project",
        ["quotas"] = "quota",
        ["roles"] = "role",
        ["services"] = "service",
        ["users"] = "user",
        ["vlans"] = "VLAN",
    };

    /// <summary>The changes from <paramref name="previous"/> to <paramref name="wanted"/>, in the order of nodes, kinds and names.</summary>
    /// <param name="previous">The plan before; null for none.</param>
    /// <param name="wanted">The plan after.</param>
    public static ImmutableArray<PlanChange> Of(DeploymentPlan? previous, DeploymentPlan wanted)
    {
        var before = (previous?.Nodes ?? []).ToDictionary(node => node.Manifest.Node);
        var after = wanted.Nodes.ToDictionary(node => node.Manifest.Node);
        return
        [
            .. Compare("", Release(previous), Release(wanted)),
            .. Compare("", Images(previous), Images(wanted)),
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).SelectMany(name => Compare(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name))),
        ];
    }

    private static IEnumerable<PlanChange> Compare(string node, NodePlan? before, NodePlan? after) =>
        Compare(node, Parts(before), Parts(after)).Concat(Containers(node, before, after));

    private static IEnumerable<PlanChange> Compare(string node, Dictionary<(string Kind, string Name), string> before, Dictionary<(string Kind, string Name), string> after) =>
        before.Keys.Union(after.Keys)
            .OrderBy(key => key.Kind, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal)
            .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
            .Select(key => new PlanChange(
                node, key.Kind, key.Name,
                !before.ContainsKey(key) ? PlanAction.Create : !after.ContainsKey(key) ? PlanAction.Remove : PlanAction.Update));

    private static Dictionary<(string Kind, string Name), string> Release(DeploymentPlan? plan) => plan is null ? [] : new() { [("release", "OpenStack")] = plan.Release };

    private static Dictionary<(string Kind, string Name), string> Images(DeploymentPlan? plan) =>
        (plan?.Images ?? new Dictionary<string, string>()).ToDictionary(image => ("image", image.Key), image => image.Value);

    // Everything of a node except its containers, each with a text; equal things have equal texts.
    private static Dictionary<(string Kind, string Name), string> Parts(NodePlan? node)
    {
        var parts = new Dictionary<(string Kind, string Name), string>();
        if (node is null)
            return parts;
        if (CanonicalJson.Read(ManifestJson.Write(node.Manifest)) is MapValue manifest)
            Add(parts, "", "", manifest);
        foreach (var package in node.Packages)
            parts[("package", package)] = "";
        parts[("tasks", "host preparation")] = CanonicalJson.Write(node.HostPrepTasks);
        foreach (var (step, tasks) in node.DeployStepsTasks)
            parts[("tasks", $"step {step}")] = CanonicalJson.Write(tasks);
        foreach (var (step, tasks) in node.ExternalDeployTasks)
            parts[("tasks", $"step {step}, outside the nodes")] = CanonicalJson.Write(tasks);
        foreach (var (step, tasks) in node.UpdateTasks)
            parts[("tasks", $"step {step} of an update")] = CanonicalJson.Write(tasks);
        foreach (var (step, tasks) in node.PostUpdateTasks)
            parts[("tasks", $"step {step} after an update")] = CanonicalJson.Write(tasks);
        foreach (var step in Planner.Steps)
            parts.Remove(("file", StartupPlaces.FileOf(step)));
        return parts;
    }

    private static void Add(Dictionary<(string Kind, string Name), string> parts, string above, string key, Value value)
    {
        var kind = s_kinds.GetValueOrDefault(key, key);
        switch (value)
        {
            case ListValue list:
                foreach (var item in list.Items)
                    parts[(kind, NameOf(item))] = CanonicalJson.Write(item);
                break;
            case MapValue map when key == KernelSettings:
                foreach (var (name, setting) in map.Entries)
                    parts[(kind, name)] = CanonicalJson.Write(setting);
                break;
            case MapValue map:
                foreach (var (name, inner) in map.Entries)
                    Add(parts, key, name, inner);
                break;
            case NullValue:
                break;
            default:
                parts[(kind, above)] = CanonicalJson.Write(value);
                break;
        }
    }

    private static string NameOf(Value item) => item switch
    {
        StringValue { Text: var text } => text,
        MapValue map => string.Join(' ', new[] { "path", "service", "name" }.Select(key => map[key]).OfType<StringValue>().Select(name => name.Text)),
        _ => CanonicalJson.Write(item),
    };

    private static IEnumerable<PlanChange> Containers(string node, NodePlan? before, NodePlan? after)
    {
        var (old, wanted) = (ByName(before), ByName(after));
        foreach (var name in old.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal))
        {
            if (!old.TryGetValue(name, out var was))
                yield return new(node, "container", name, PlanAction.Create);
            else if (!wanted.TryGetValue(name, out var becomes))
                yield return new(node, "container", name, PlanAction.Remove);
            else if (ContainerFingerprint.Of(becomes.Spec) is var fingerprint && ContainerFingerprint.Of(was.Spec) is var former && fingerprint.Hash != former.Hash)
                yield return new(node, "container", name, PlanAction.Replace, fingerprint.Difference(former.Parts));
            else if (was.Step != becomes.Step || CanonicalJson.Write(ContainerSpecWriter.Write(was.Spec)) != CanonicalJson.Write(ContainerSpecWriter.Write(becomes.Spec)))
                yield return new(node, "container", name, PlanAction.Update, was.Step != becomes.Step ? $"step {was.Step} before" : "its unit differs");
        }
    }

    private static Dictionary<string, (int Step, ContainerSpec Spec)> ByName(NodePlan? node) =>
        (node?.Containers ?? new Dictionary<int, ImmutableArray<ContainerSpec>>()).SelectMany(step => step.Value.Select(spec => (step.Key, spec))).ToDictionary(one => one.spec.Name);
}
