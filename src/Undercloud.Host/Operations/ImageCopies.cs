using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Copies a plan's images from the deploying host to the nodes that do not have them.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class ImageCopies(OperationContext context)
{
    /// <summary>Whether a lack of disk space on a node is a failure. Otherwise it is a warning.</summary>
    public bool Validates { get; init; } = true;

    /// <summary>Copies the missing images, one node after the other. An image that a node already has is skipped.</summary>
    /// <exception cref="InstallException">An image could not be copied; the message names it and the node.</exception>
    /// <exception cref="InputException">A node has too little disk space. Nothing is copied yet.</exception>
    public async Task RunAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var missing = new List<(NodePlan Node, ImmutableArray<string> Images)>();
        foreach (var node in plan.Nodes.Where(node => node.Connection is not null))
        {
            var there = await new ImageStore(context.Nodes.RunnerOf(node)).IdsAsync(stop);
            missing.Add((node, [.. node.AllContainers.Select(spec => spec.Image).OfType<string>().Distinct().Order(StringComparer.Ordinal).Where(image => plan.Images.TryGetValue(image, out var id) && there.GetValueOrDefault(image) != id)]));
        }

        foreach (var (node, images) in missing)
            await new ImageRoom(context) { Fails = Validates }.EnsureAsync(node.Name, context.Nodes.RunnerOf(node), images, stop);
        foreach (var (node, images) in missing)
        {
            foreach (var image in images)
                await CopyAsync(node, image, stop);
        }
    }

    // An OCI archive keeps the image's configuration byte for byte, and so the image's id.
    private async Task CopyAsync(NodePlan node, string image, CancellationToken stop)
    {
        context.Events.Now($"copying {image} to {node.Name}");
        var load = SshRunner.Over(node.Connection!, CommandLine.Of("podman", "load", "--quiet"));
        var copied = await context.Runner.RunAsync(
            new("bash", ["-o", "pipefail", "-c", $"podman save --quiet --format oci-archive \"$1\" | {load}", "--", image]) { OwnSession = true }, stop);
        if (!copied.Succeeded)
            throw new InstallException($"The image {image} could not be copied to the node {node.Name}.\n{copied.Tail()}\nMake sure that the node has free space in /var/lib/containers, and run this again: images that were copied are skipped.");
        context.Events.Line($"copied {image} to {node.Name}");
    }
}
