using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;
using Undercloud.Host.Install;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Cli.Commands;

/// <summary>Sees to it that every image a plan names is on this host.</summary>
internal static class HostImages
{
    /// <summary>Builds the plan's images of ours that are not here. Images that are here stay as they are: an install changes no service's version.</summary>
    /// <returns>Whether something was built, so that the plan has to be made anew.</returns>
    /// <exception cref="InstallException">An image is not here and not ours to build.</exception>
    public static async Task<bool> CompleteAsync(Composition composition, PreparedRun run, string release, IProgressView progress, CancellationToken stop)
    {
        var missing = Named(run.Plan).Where(image => !run.Plan.Images.ContainsKey(image)).ToList();
        if (missing.Count == 0)
            return false;
        var known = Release(release);
        var ours = ImageDefinitions.Load(composition.Tool.Images, new DiagnosticBag()).All.ToDictionary(d => ImageDefinition.Tag(d.Name, known), d => d.Name);
        var foreign = missing.Where(image => !ours.ContainsKey(image)).ToList();
        if (foreign.Count > 0)
        {
            throw new InstallException(
                $"These images are not on this host, and none of them is one that this tool builds: {string.Join(", ", foreign)}.\n"
                + "Pull them with podman, or correct the parameters that name them (container_images_file, custom_env_files).");
        }

        progress.Phase("Images");
        await new DebianPrerequisites(composition.Runner, progress).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
        await new ImageBuilder(composition.Runner, composition.Time, progress, composition.Tool.Images)
            .EnsureAsync([.. missing.Select(image => ours[image])], known, stop);
        return true;
    }

    /// <summary>The release of that name.</summary>
    /// <exception cref="InstallException">There is none.</exception>
    public static OpenStackRelease Release(string name) =>
        OpenStackRelease.Of(name) ?? throw new InstallException($"There is no release '{name}'. There are: {string.Join(", ", OpenStackRelease.All.Select(r => r.Name))}.");

    private static ImmutableArray<string> Named(DeploymentPlan plan) =>
    [
        .. plan.Nodes
            .SelectMany(node => node.Containers.Values)
            .SelectMany(step => ((MapValue)step).Entries)
            .Select(container => ((MapValue)container.Value)["image"])
            .OfType<StringValue>()
            .Select(image => image.Text)
            .Distinct(),
    ];
}
