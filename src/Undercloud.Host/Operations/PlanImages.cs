using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Host.Operations;

/// <summary>Ensures that every image of a plan exists on this host.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class PlanImages(OperationContext context)
{
    /// <summary>The images of a plan that do not exist on this host.</summary>
    public static ImmutableArray<string> Missing(DeploymentPlan plan) => [.. Named(plan).Where(image => !plan.Images.ContainsKey(image))];

    /// <summary>What an install does about an image that does not exist on this host.</summary>
    public static NodeChange Change(ToolHome tool, string release, string image) =>
        Ours(tool, release).ContainsKey(image)
            ? new("image", image, "build", "it is not on this host yet")
            : new("image", image, "missing", "it is not on this host, and this tool does not build it: pull it with podman");

    /// <summary>Whether an install has work to do for a plan's images.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="renew">Whether existing images are checked as well.</param>
    public bool AreWanted(DeploymentPlan plan, bool renew) => !Missing(plan).IsEmpty || (renew && Named(plan).Any(Ours(context.Tool, plan.Release).ContainsKey));

    /// <summary>
    /// Builds the missing images that have a definition. Existing images are not touched, so that an install changes no service's version, unless
    /// <paramref name="renew"/>: then images with a newer definition or newer packages are rebuilt.
    /// </summary>
    /// <returns>Whether an image was built, so that the plan has to be made again.</returns>
    /// <exception cref="InstallException">An image is missing and has no definition, or could not be built.</exception>
    public async Task<bool> ReadyAsync(DeploymentPlan plan, bool renew, CancellationToken stop)
    {
        var ours = Ours(context.Tool, plan.Release);
        var missing = Missing(plan);
        var foreign = missing.Where(image => !ours.ContainsKey(image)).ToList();
        if (foreign.Count > 0)
        {
            throw new InstallException(
                $"These images are not on this host, and this tool does not build them: {string.Join(", ", foreign)}.\n"
                + "Pull them with podman, or correct the parameters that name them (container_images_file, custom_env_files).");
        }

        ImmutableArray<string> wanted = [.. (renew ? Named(plan).Where(ours.ContainsKey) : missing).Select(image => ours[image])];
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        var builder = new ImageBuilder(context.Runner, context.Time, context.Events, context.Tool.Images, context.Images);
        var release = OpenStackRelease.Of(plan.Release)!;
        if (renew)
            return await RenewAsync(builder, wanted, release, stop);
        await builder.EnsureAsync(wanted, release, stop);
        return true;
    }

    /// <summary>The plan's images of ours that an update would build anew, each with the reason. Nothing is built.</summary>
    /// <exception cref="InstallException">The archive cannot be asked.</exception>
    public async Task<ImmutableArray<ImageOutcome>> OutdatedAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var ours = Ours(context.Tool, plan.Release);
        ImmutableArray<string> wanted = [.. Named(plan).Where(ours.ContainsKey).Select(image => ours[image])];
        if (wanted.IsEmpty)
            return [];
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        var outcomes = await new ImageBuilder(context.Runner, context.Time, context.Events, context.Tool.Images).CheckAsync(wanted, OpenStackRelease.Of(plan.Release)!, stop);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<string>().ToList();
        return failures.Count == 0 ? [.. outcomes.Where(outcome => outcome.Reason is not null)] : throw new InstallException(string.Join('\n', failures));
    }

    private static async Task<bool> RenewAsync(ImageBuilder builder, ImmutableArray<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var outcomes = await builder.BuildAsync(names, release, stop);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<string>().ToList();
        return failures.Count == 0
            ? outcomes.Any(outcome => outcome.Reason is not null)
            : throw new InstallException(string.Join("\n", failures));
    }

    // The names of the tool's definitions, by the image that each defines.
    private static Dictionary<string, string> Ours(ToolHome tool, string release) =>
        ImageDefinitions.Load(tool.Images, new DiagnosticBag()).All.ToDictionary(definition => definition.TagFor(OpenStackRelease.Of(release)!), definition => definition.Name);

    private static ImmutableArray<string> Named(DeploymentPlan plan) =>
        [.. plan.Nodes.SelectMany(node => node.AllContainers).Select(spec => spec.Image).OfType<string>().Distinct()];
}
