using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>Sees to it that every image a plan names is on this host.</summary>
internal static class HostImages
{
    /// <summary>The images of a plan that are not on this host.</summary>
    public static ImmutableArray<string> Missing(DeploymentPlan plan) => [.. Named(plan).Where(image => !plan.Images.ContainsKey(image))];

    /// <summary>What an install does about an image that is not on this host.</summary>
    public static NodeChange Change(ToolHome tool, string release, string image) =>
        ImageDefinitions.Load(tool.Images, new DiagnosticBag()).All.Any(definition => definition.TagFor(OpenStackRelease.Of(release)!) == image)
            ? new("image", image, "build", "it is not on this host yet")
            : new("image", image, "missing", "it is not on this host, and none that this tool builds: pull it with podman");

    /// <summary>
    /// Builds the plan's images of ours that are not here. Images that are here stay as they are, so that an install changes no service's
    /// version; an upgrade builds them anew where they stand on another definition or older packages.
    /// </summary>
    /// <returns>Whether something was built, so that the plan has to be made anew.</returns>
    /// <exception cref="InstallException">An image is not here and not ours to build, or could not be built.</exception>
    public static async Task<bool> ReadyAsync(Composition composition, PreparedRun run, RunOptions options, IProgressView progress, CancellationToken stop)
    {
        var known = OpenStackRelease.Of(run.Plan.Release)!;
        var ours = ImageDefinitions.Load(composition.Tool.Images, new DiagnosticBag()).All.ToDictionary(d => d.TagFor(known), d => d.Name);
        var missing = Missing(run.Plan);
        var foreign = missing.Where(image => !ours.ContainsKey(image)).ToList();
        if (foreign.Count > 0)
        {
            throw new InstallException(
                $"These images are not on this host, and none of them is one that this tool builds: {string.Join(", ", foreign)}.\n"
                + "Pull them with podman, or correct the parameters that name them (container_images_file, custom_env_files).");
        }

        var renew = options is { Upgrade: true, KeepImages: false };
        ImmutableArray<string> wanted = [.. (renew ? Named(run.Plan).Where(ours.ContainsKey) : missing).Select(image => ours[image])];
        if (wanted.Length == 0)
            return false;
        progress.Phase("Images");
        await new DebianPrerequisites(composition.Runner, progress).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        var builder = new ImageBuilder(composition.Runner, composition.Time, progress, composition.Tool.Images);
        if (renew)
            return await RenewAsync(builder, wanted, known, stop);
        await builder.EnsureAsync(wanted, known, stop);
        return true;
    }

    private static async Task<bool> RenewAsync(ImageBuilder builder, ImmutableArray<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var outcomes = await builder.BuildAsync(names, release, stop);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<string>().ToList();
        return failures.Count == 0
            ? outcomes.Any(outcome => outcome.Reason is not null)
            : throw new InstallException(string.Join("\n", failures));
    }

    private static ImmutableArray<string> Named(DeploymentPlan plan) =>
    [
        .. plan.Nodes
            .SelectMany(node => node.AllContainers)
            .Select(spec => spec.Image)
            .OfType<string>()
            .Distinct(),
    ];
}
