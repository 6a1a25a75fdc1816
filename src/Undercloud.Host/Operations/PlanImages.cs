using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Host.Operations;

/// <summary>Ensures that every image of a plan exists on this host: built, or pulled where the run has a registry for it.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class PlanImages(OperationContext context)
{
    /// <summary>Whether a lack of disk space is a failure. Otherwise it is a warning.</summary>
    public bool Validates { get; init; } = true;

    /// <summary>The images of a plan that do not exist on this host.</summary>
    public static ImmutableArray<string> Missing(DeploymentPlan plan) => [.. Named(plan).Where(image => !plan.Images.ContainsKey(image))];

    /// <summary>What an install does about an image that does not exist on this host.</summary>
    public static NodeChange Change(ToolHome tool, PreparedRun run, string image) =>
        !Ours(tool, run.Plan.Release).ContainsKey(image) ? new("image", image, "missing", "it is not on this host, and this tool does not build it: pull it with podman")
        : run.Images.Of(image)?.Source is { } source ? new("image", image, "pull", $"from {source}")
        : new("image", image, "build", "it is not on this host yet");

    /// <summary>Whether an install has work to do for a plan's images.</summary>
    /// <param name="run">The run with its plan.</param>
    /// <param name="renew">Whether existing images are checked as well.</param>
    public bool AreWanted(PreparedRun run, bool renew) =>
        !Missing(run.Plan).IsEmpty || (renew && Named(run.Plan).Any(Ours(context.Tool, run.Plan.Release).ContainsKey)) || Named(run.Plan).Any(image => run.Images.IsUnpushed(image, run.Inputs.ImageIds));

    /// <summary>
    /// Builds or pulls the missing images. Existing images are not touched, so that an install changes no service's version, unless
    /// <paramref name="renew"/>: then images with a newer definition or newer packages are rebuilt, and those that a registry has newer are pulled. What
    /// has a destination is pushed there.
    /// </summary>
    /// <returns>Whether an image is another one now, so that the plan has to be made again.</returns>
    /// <exception cref="InstallException">An image is missing and has no definition, or could not be built, pulled or pushed.</exception>
    /// <exception cref="InputException">The images have too little disk space.</exception>
    public async Task<bool> ReadyAsync(PreparedRun run, bool renew, CancellationToken stop)
    {
        var ours = Ours(context.Tool, run.Plan.Release);
        var missing = Missing(run.Plan);
        var foreign = missing.Where(image => !ours.ContainsKey(image)).ToList();
        if (foreign.Count > 0)
        {
            throw new InstallException(
                $"These images are not on this host, and this tool does not build them: {string.Join(", ", foreign)}.\n"
                + "Pull them with podman, or correct the parameters that name them (container_images_file, custom_env_files).");
        }

        ImmutableArray<string> wanted = renew ? [.. Named(run.Plan).Where(ours.ContainsKey)] : missing;
        var (pulled, built) = Split(run, wanted);
        await new ImageRoom(context) { Fails = Validates }.EnsureAsync(
            pulled, built, async () => renew ? (await OutdatedAsync(run, stop)).Select(image => image.Tag) : wanted, stop);
        var transfers = new RegistryTransfers(context, run.Images);
        var changed = await transfers.PullAsync(pulled, stop);
        if (!built.IsEmpty)
            changed |= await BuildAsync([.. built.Select(image => ours[image])], OpenStackRelease.Of(run.Plan.Release)!, renew, stop);
        await PushAsync(transfers, run, stop);
        return changed;
    }

    /// <summary>The plan's images of ours that an update would build or pull anew, each with the reason. Nothing is built or pulled.</summary>
    /// <exception cref="InstallException">The archive or a registry cannot be asked.</exception>
    public async Task<ImmutableArray<ImageOutcome>> OutdatedAsync(PreparedRun run, CancellationToken stop)
    {
        var ours = Ours(context.Tool, run.Plan.Release);
        var (pulled, built) = Split(run, [.. Named(run.Plan).Where(ours.ContainsKey)]);
        var newer = await new RegistryTransfers(context, run.Images).OutdatedAsync(pulled, stop);
        if (built.IsEmpty)
            return newer;
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        var outcomes = await new ImageBuilder(context.Runner, context.Time, context.Events, context.Tool.Images)
            .CheckAsync([.. built.Select(image => ours[image])], OpenStackRelease.Of(run.Plan.Release)!, stop);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<string>().ToList();
        return failures.Count == 0 ? [.. newer, .. outcomes.Where(outcome => outcome.Reason is not null)] : throw new InstallException(string.Join('\n', failures));
    }

    private async Task<bool> BuildAsync(ImmutableArray<string> names, OpenStackRelease release, bool renew, CancellationToken stop)
    {
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        var builder = new ImageBuilder(context.Runner, context.Time, context.Events, context.Tool.Images, context.Images);
        if (!renew)
        {
            await builder.EnsureAsync(names, release, stop);
            return true;
        }

        var outcomes = await builder.BuildAsync(names, release, stop);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<string>().ToList();
        return failures.Count == 0
            ? outcomes.Any(outcome => outcome.Reason is not null)
            : throw new InstallException(string.Join("\n", failures));
    }

    private async Task PushAsync(RegistryTransfers transfers, PreparedRun run, CancellationToken stop)
    {
        if (Named(run.Plan).All(image => run.Images.Of(image)?.Destination is null))
            return;
        var ids = await new ImageStore(context.Runner).IdsAsync(stop);
        await transfers.PushAsync(Named(run.Plan).Where(image => run.Images.IsUnpushed(image, ids)).Select(image => (ids[image], run.Images.Of(image)!.Destination!)), stop);
    }

    // Images that came by a bundle are not built anew: the next bundle brings newer ones.
    private (ImmutableArray<string> Pulled, ImmutableArray<string> Built) Split(PreparedRun run, ImmutableArray<string> images)
    {
        var pulled = images.Where(image => run.Images.Of(image)?.Source is not null).ToImmutableArray();
        var bundled = new BundleRecord(context.StateDirectory);
        return (pulled, [.. images.Except(pulled).Where(image => !bundled.Has(image, run.Plan.Images.GetValueOrDefault(image)))]);
    }

    // The names of the tool's definitions, by the image that each defines.
    private static Dictionary<string, string> Ours(ToolHome tool, string release) =>
        ImageDefinitions.Load(tool.Images, new DiagnosticBag()).All.ToDictionary(definition => definition.TagFor(OpenStackRelease.Of(release)!), definition => definition.Name);

    private static ImmutableArray<string> Named(DeploymentPlan plan) =>
        [.. plan.Nodes.SelectMany(node => node.AllContainers).Select(spec => spec.Image).OfType<string>().Distinct()];
}
