using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Deletes the tool's images that nothing uses: no kept generation, no container, no present definition. An image that has a name which the tool did not
/// give is an operator's, whatever it was built from.
/// </summary>
/// <param name="context">The host's services that operations use.</param>
public sealed partial class ImagePrune(OperationContext context)
{
    private readonly ImageStore _store = new(context.Runner);
    private readonly DigestRecord _digests = new(context.StateDirectory);

    /// <summary>The images to delete, newest first.</summary>
    /// <exception cref="InstallException">It is not known what is used: the plan of a generation, or an image definition, cannot be read.</exception>
    public async Task<ImmutableArray<StoredImage>> FindAsync(CancellationToken stop)
    {
        var images = await _store.ListAsync(stop);
        var used = Planned();
        used.UnionWith(await InContainersAsync(stop));
        var current = Current();
        var registries = _digests.Read().Keys.ToHashSet(StringComparer.Ordinal);
        var below = images.Select(image => image.Below).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. images.Where(image => image is { Name: not null, IsReadOnly: false } && !used.Contains(image.Id) && !image.Tags.Any(current.Contains)
                && image.Tags.All(tag => IsOwn(tag, image) || registries.Contains(tag))
                // Without a name it may be a step of an operator's build.
                && (!image.Tags.IsEmpty || !below.Contains(image.Id))),
        ];
    }

    /// <summary>Deletes images.</summary>
    /// <returns>What podman said about those that could not be deleted.</returns>
    public async Task<ImmutableArray<(StoredImage Image, string Reason)>> DeleteAsync(IReadOnlyCollection<StoredImage> images, CancellationToken stop)
    {
        var left = ImmutableArray.CreateBuilder<(StoredImage, string)>();
        foreach (var image in images)
        {
            context.Events.Now($"deleting {NameOf(image)}");
            var deleted = await context.Runner.RunAsync(new("podman", ["image", "rm", "--no-prune", .. image.Tags.IsEmpty ? [image.Id] : image.Tags]), stop);
            if (!deleted.Succeeded)
                left.Add((image, deleted.Tail(3).Trim()));
            else if (!image.Tags.IsEmpty)
                _digests.Forget(image.Tags);
        }

        return left.ToImmutable();
    }

    /// <summary>How an image is called: by its first name, or by its id where a newer one took the name.</summary>
    public static string NameOf(StoredImage image) => image.Tags.IsEmpty ? $"{image.Name}:{image.Release} ({image.Id[..Math.Min(12, image.Id.Length)]})" : image.Tags[0];

    private HashSet<string> Planned()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var generation in context.Generations.All())
        {
            try
            {
                used.UnionWith(context.Generations.ReadPlan(generation.Number).Images.Values);
            }
            catch (DamagedStateException damage)
            {
                throw new InstallException($"The images that generation {generation.Number} uses are not known. {damage.Message}\n`undercloud generation delete {generation.Number}` deletes its record. Nothing was deleted.");
            }
        }

        return used;
    }

    // Working containers of builds as well.
    private async Task<IEnumerable<string>> InContainersAsync(CancellationToken stop) =>
        (await context.Runner.RunAsync(CommandLine.Of("podman", "ps", "--all", "--external", "--no-trunc", "--format", "json"), stop))
            .Json(containers => containers.EnumerateArray().Select(container => container.GetProperty("ImageID").GetString()!).ToList());

    private HashSet<string> Current()
    {
        var diagnostics = new DiagnosticBag();
        var definitions = ImageDefinitions.Load(context.Tool.Images, diagnostics).All;
        return diagnostics.HasErrors
            ? throw new InstallException($"{string.Join('\n', diagnostics.All)}\nNothing was deleted.")
            : definitions.SelectMany(definition => OpenStackRelease.All.Select(definition.TagFor)).ToHashSet(StringComparer.Ordinal);
    }

    // localhost/undercloud/keystone:zed, or with the end of the id for an image of a former plan (KeptImages).
    private static bool IsOwn(string tag, StoredImage image) =>
        ImageDefinition.Parts(tag) is ({ } name, { } release) && name == image.Name && image.Release is { } own
        && (release == own || (release.StartsWith(own + "-", StringComparison.Ordinal) && IdEnd().IsMatch(release[(own.Length + 1)..])));

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex IdEnd();
}
