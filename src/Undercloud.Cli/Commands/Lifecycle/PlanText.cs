using System.Collections.Immutable;
using System.Text;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>An outline of a plan. It names things without their content, so it holds no secrets.</summary>
internal static class PlanText
{
    /// <summary>The outline.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="upgrades">The packages that would be upgraded before it is applied.</param>
    public static string Write(DeploymentPlan plan, ImmutableArray<NodeUpgrades> upgrades = default)
    {
        var text = new StringBuilder($"Plan of {plan.Stack}, release {plan.Release}\n");
        foreach (var node in plan.Nodes)
        {
            var manifest = node.Manifest;
            text.Append($"\nNode {manifest.Node}, role {node.Role}: {string.Join(", ", node.Services)}\n");
            if (manifest.Files.Hostname is { } hostname)
                text.Append($"  host name {hostname}\n");
            foreach (var bridge in manifest.Network.Bridges)
                text.Append($"  {bridge.Kind ?? "bridge"} {bridge.Name}: {Ports(bridge)}\n");
            foreach (var vlan in manifest.Network.Vlans)
                text.Append($"  vlan {vlan.Name}: {vlan.Id} of {vlan.Device}\n");
            if (manifest.Network.IsLeftAlone)
                text.Append("  the host's network is left alone\n");
            foreach (var link in manifest.Network.Interfaces.Where(link => link.Addresses.Count > 0))
                text.Append($"  interface {link.Name}: {string.Join(", ", link.Addresses)}\n");
            List(text, "package", node.Packages);
            List(text, "directory", manifest.Files.Directories.Select(d => $"{d.Path} {d.Uid}:{d.Gid} {d.Mode}{(d.State ? " (state)" : "")}"));
            List(text, "file", manifest.Files.Files.Select(f => $"{f.Path} {f.Uid}:{f.Gid} {f.Mode}"));
            List(text, "block in", manifest.Files.Blocks.Select(b => $"{b.Path} ({b.Name})"));
            List(text, "certificate", manifest.Certificates.Select(c => $"{c.Path} for {string.Join(", ", c.Hosts)}"));
            List(text, "unit", manifest.Files.EnabledUnits);
            foreach (var step in Planner.Steps)
                Step(text, node, step);
        }

        foreach (var (node, packages) in upgrades.IsDefault ? [] : upgrades)
            text.Append($"upgrade {packages.Length} packages of {node.Name}: {string.Join(", ", packages.Select(package => $"{package.Name} {package.To}"))}\n");
        foreach (var (image, id) in plan.Images)
            text.Append($"image {image} {id[..Math.Min(12, id.Length)]}\n");
        foreach (var note in plan.Notes)
            text.Append($"note: {note}\n");
        return text.ToString();
    }

    private static void Step(StringBuilder text, NodePlan node, int step)
    {
        var containers = node.ContainersOf(step);
        var cloud = node.Manifest.Cloud.GetValueOrDefault(step);
        if (containers.Length == 0 && cloud is null && !node.DeployStepsTasks.ContainsKey(step) && !node.ExternalDeployTasks.ContainsKey(step))
            return;
        text.Append($"  step {step}\n");
        foreach (var spec in containers)
            text.Append($"    container {spec.Name}{(spec.Kind == ContainerKind.Service ? "" : $" (runs once{(spec.Job is { } job ? $", {ContainerJobs.NameOf(job)}" : "")})")}: {spec.Image}\n");

        foreach (var service in cloud?.Services ?? [])
            text.Append($"    service {service.Name} ({service.Type}): {string.Join(", ", service.Endpoints.Select(e => $"{e.Key} {e.Value}"))}\n");
        foreach (var user in cloud?.Users ?? [])
            text.Append($"    user {user.Name} in {(user.Domain is { } domain ? $"the domain {domain}" : $"the project {user.Project}")}: {string.Join(", ", user.Roles)}\n");
        if (cloud is not null)
            Resources(text, cloud.Resources);
    }

    private static void Resources(StringBuilder text, CloudResources resources)
    {
        foreach (var network in resources.Networks)
            text.Append($"    network {network.Name}: flat on {network.PhysicalNetwork}, MTU {network.Mtu}{(network.Routed ? ", routed" : "")}\n");
        foreach (var subnet in resources.Networks.SelectMany(network => network.Subnets))
            text.Append($"    subnet {subnet.Name}: {subnet.Cidr}, {string.Join(", ", subnet.AllocationPools.Select(pool => $"{pool.Start}-{pool.End}"))}\n");
        foreach (var flavor in resources.Flavors)
            text.Append($"    flavor {flavor.Name}: {string.Join(", ", flavor.ExtraSpecs.Select(spec => $"{spec.Key}={spec.Value}"))}\n");
        foreach (var pair in resources.KeyPairs)
            text.Append($"    key pair {pair.Name}: {pair.KeyFile}\n");
        foreach (var quotas in resources.Quotas.GroupBy(quota => quota.Service))
            text.Append($"    quotas of {quotas.Key}: {string.Join(", ", quotas.Select(quota => $"{quota.Name} {quota.Limit}"))}\n");
    }

    private static void List(StringBuilder text, string kind, IEnumerable<string> names)
    {
        foreach (var name in names)
            text.Append($"  {kind} {name}\n");
    }

    private static string Ports(BridgeEntry bridge)
    {
        string[] ports = [.. bridge.Ports, .. bridge.Bonds.Select(bond => $"{bond.Name} ({string.Join(", ", bond.Members)})"), .. bridge.Vlans.Select(vlan => vlan.Name)];
        return ports.Length > 0 ? string.Join(", ", ports) : "no ports";
    }
}
