using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Keeps the images of recorded generations on the nodes. A newer build takes an image's name, and an image without a name goes with the next
/// <c>podman image prune</c>: so an image that a new plan no longer names gets a name of its own, which ends in its id.
/// </summary>
/// <param name="context">What it works with.</param>
public sealed class KeptImages(OperationContext context)
{
    private const int IdLength = 12;

    /// <summary>Names the images of the previous plan that the new plan does not use any more.</summary>
    public async Task KeepAsync(DeploymentPlan previous, DeploymentPlan wanted, CancellationToken stop)
    {
        foreach (var node in previous.Nodes)
        {
            foreach (var (image, id) in ImagesOf(previous, node).Where(image => wanted.Images.GetValueOrDefault(image.Key) != image.Value))
            {
                var tagged = await context.Nodes.RunnerOf(node).RunAsync(CommandLine.Of("podman", "tag", id, NameOf(image, id)), stop);
                if (!tagged.Succeeded)
                    context.Events.Warn($"The image {image} of the former plan has no name of its own on {node.Name}, so that `podman image prune` may remove it, and with it the way back: {tagged.Tail(1).Trim()}");
            }
        }
    }

    /// <summary>Gives the images of a plan their names in it, which other images may have meanwhile.</summary>
    public async Task NameAsync(DeploymentPlan plan, CancellationToken stop)
    {
        foreach (var node in plan.Nodes)
        {
            var there = await new ImageStore(context.Nodes.RunnerOf(node)).IdsAsync(stop);
            foreach (var (image, id) in ImagesOf(plan, node).Where(image => there.GetValueOrDefault(image.Key) != image.Value))
            {
                var tagged = await context.Nodes.RunnerOf(node).RunAsync(CommandLine.Of("podman", "tag", id, image), stop);
                if (!tagged.Succeeded)
                    context.Events.Warn($"The name {image} leads to another image than before on {node.Name}, which the next install applies: {tagged.Tail(1).Trim()}");
            }
        }
    }

    /// <summary>The images of a plan that a node does not have, as texts; none when the plan can be applied.</summary>
    public async Task<ImmutableArray<string>> MissingAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var node in plan.Nodes)
        {
            var there = (await new ImageStore(context.Nodes.RunnerOf(node)).ListAsync(stop)).Select(image => image.Id).ToHashSet(StringComparer.Ordinal);
            missing.AddRange(node.AllContainers
                .Where(spec => spec.ImageId is { } id && !there.Contains(id))
                .Select(spec => $"{spec.Image} ({spec.ImageId![..IdLength]}){(plan.Nodes.Count > 1 ? $" on {node.Name}" : "")}")
                .Distinct().Order(StringComparer.Ordinal));
        }

        return missing.ToImmutable();
    }

    /// <summary>Removes the kept names of images that no remaining plan uses; podman removes the image with its last name.</summary>
    /// <param name="removed">The plans of the deleted generations.</param>
    /// <param name="remaining">The plans of the other generations.</param>
    /// <param name="stop">Ends it.</param>
    public async Task ReleaseAsync(IReadOnlyCollection<DeploymentPlan> removed, IReadOnlyCollection<DeploymentPlan> remaining, CancellationToken stop)
    {
        var used = remaining.SelectMany(plan => plan.Images.Values).ToHashSet(StringComparer.Ordinal);
        foreach (var node in removed.SelectMany(plan => plan.Nodes).DistinctBy(node => node.Name))
        {
            var runner = context.Nodes.RunnerOf(node);
            var there = await new ImageStore(runner).IdsAsync(stop);
            foreach (var name in removed.SelectMany(plan => plan.Images).Where(image => !used.Contains(image.Value)).Select(image => NameOf(image.Key, image.Value)).Distinct().Where(there.ContainsKey))
            {
                var gone = await runner.RunAsync(CommandLine.Of("podman", "image", "rm", name), stop);
                if (!gone.Succeeded)
                    context.Events.Warn($"The image {name} of a deleted generation stays on {node.Name}: {gone.Tail(1).Trim()}");
            }
        }
    }

    // The images of a node's containers, by their names.
    private static IEnumerable<KeyValuePair<string, string>> ImagesOf(DeploymentPlan plan, NodePlan node)
    {
        var own = node.AllContainers.Select(spec => spec.Image).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return plan.Images.Where(image => own.Contains(image.Key));
    }

    // localhost/undercloud/keystone:zed becomes localhost/undercloud/keystone:zed-0123456789ab.
    private static string NameOf(string image, string id) => image.LastIndexOf(':') > image.LastIndexOf('/') ? $"{image}-{id[..IdLength]}" : $"{image}:{id[..IdLength]}";
}
