using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Pulls the tool's images from registries and pushes them there. Digests are recorded.</summary>
/// <param name="context">The host's services that operations use.</param>
/// <param name="sources">Where the images come from.</param>
public sealed partial class RegistryTransfers(OperationContext context, ImageSources sources)
{
    private readonly RegistryImages _registry = new(context.Runner, sources.Access, context.Time, context.Events);
    private readonly DigestRecord _digests = new(context.StateDirectory);

    /// <summary>Pulls images from their sources and gives them their names on this host. Layers that are here already are not pulled again.</summary>
    /// <param name="images">Full names of images with a source.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether an image is another one than before.</returns>
    /// <exception cref="RegistryException">An image could not be pulled, or is not the one that it should be.</exception>
    public async Task<bool> PullAsync(IReadOnlyCollection<string> images, CancellationToken stop)
    {
        if (images.Count == 0)
            return false;
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Registry], stop);
        var before = await new ImageStore(context.Runner).IdsAsync(stop);
        var changed = false;
        foreach (var image in images)
        {
            var source = await SourceAsync(image, stop);
            var pulled = await _registry.PullAsync(source, stop);
            if (pulled.Mismatch(image) is { } mismatch)
                throw new RegistryException($"{source} {mismatch}, and not that of {image}. Correct namespace, name_prefix, name_suffix and tag of ContainerImagePrepare.");
            (await context.Runner.RunAsync(CommandLine.Of("podman", "tag", pulled.Id, image), stop)).OrThrow();
            _digests.Keep($"{source}", pulled.Id, pulled.Digest);
            var isNew = before.GetValueOrDefault(image) != pulled.Id;
            context.Events.Line($"image {ImageDefinition.Parts(image)?.Name}: {(isNew ? "pulled" : "up to date")}, {source} ({pulled.Digest})");
            changed |= isNew || !sources.IsFromSource(image, before);
        }

        return changed;
    }

    /// <summary>Pushes images.</summary>
    /// <param name="images">Ids, and where they go.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The digests in the registry, in the same order.</returns>
    /// <exception cref="RegistryException">An image could not be pushed.</exception>
    public async Task<ImmutableArray<string>> PushAsync(IEnumerable<(string Id, ImageReference To)> images, CancellationToken stop)
    {
        var digests = ImmutableArray.CreateBuilder<string>();
        foreach (var (id, to) in images)
        {
            digests.Add(await _registry.PushAsync(id, to, stop));
            _digests.Keep($"{to}", id, digests[^1]);
            context.Events.Line($"pushed {to} ({digests[^1]})");
        }

        return digests.ToImmutable();
    }

    /// <summary>Those of the images for which their registry has another image, each with the reason. Nothing is pulled.</summary>
    /// <param name="images">Full names of images with a source.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RegistryException">The registry does not tell.</exception>
    public async Task<ImmutableArray<ImageOutcome>> OutdatedAsync(IReadOnlyCollection<string> images, CancellationToken stop)
    {
        if (images.Count == 0)
            return [];
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Registry], stop);
        var ids = await new ImageStore(context.Runner).IdsAsync(stop);
        var recorded = _digests.Read();
        var outdated = ImmutableArray.CreateBuilder<ImageOutcome>();
        foreach (var image in images)
        {
            var source = await SourceAsync(image, stop);
            var there = await _registry.InspectAsync(source, stop);
            var (id, digest) = recorded.GetValueOrDefault($"{source}");
            if (there.Digest != digest || ids.GetValueOrDefault(image) != id)
                outdated.Add(new(image, ids.GetValueOrDefault(image), $"{source} is {there.Digest}"));
        }

        return outdated.ToImmutable();
    }

    // The source, with the tag that its labels give.
    private async Task<ImageReference> SourceAsync(string image, CancellationToken stop)
    {
        if (sources.Of(image) is not { Source: { } source } origin)
            throw new ArgumentException($"{image} has no source.", nameof(image));
        if (origin.TagFromLabel is not { } label)
            return source;
        var labels = (await _registry.InspectAsync(source, stop)).Labels;
        var missing = (label.Contains('{') ? Named().Matches(label).Select(one => one.Groups[1].Value) : [label]).Where(name => !labels.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            throw new RegistryException($"{source} has no label {string.Join(", ", missing)}, which tag_from_label of ContainerImagePrepare needs. It has {string.Join(", ", labels.Keys.Order(StringComparer.Ordinal))}. Correct tag_from_label, or set a tag.");
        var tag = label.Contains('{') ? Named().Replace(label, one => labels[one.Groups[1].Value]) : labels[label];
        return ImageReference.ProblemOfTag(tag) is { } problem
            ? throw new RegistryException($"tag_from_label gives the tag '{tag}' for {source}, which {problem}. Correct tag_from_label, or set a tag.")
            : source with { Tag = tag };
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Named();
}
