using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Makes sure that images have room on a host before the first one is built, pulled or copied. What they replace stays for the way back.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class ImageRoom(OperationContext context)
{
    /// <summary>Whether a lack of space is a failure. Otherwise it is a warning.</summary>
    public bool Fails { get; init; } = true;

    /// <summary>
    /// Makes sure that this host has room for images. When there is too little for all of them, <paramref name="outdatedAsync"/> is asked which ones are
    /// really built or pulled, since it takes a while.
    /// </summary>
    /// <param name="pulled">Full names of the images to pull.</param>
    /// <param name="built">Full names of the images to build.</param>
    /// <param name="outdatedAsync">Finds the images that are missing or outdated, by their full names.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InputException">There is too little space. Nothing is changed yet.</exception>
    public async Task EnsureAsync(IReadOnlyCollection<string> pulled, IReadOnlyCollection<string> built, Func<Task<IEnumerable<string>>> outdatedAsync, CancellationToken stop)
    {
        if (pulled.Count + built.Count == 0)
            return;
        var images = await new ImageStore(context.Runner).ListAsync(stop);
        var room = await FileSystems.ReadAsync(context.Runner, stop);
        if (!HostChecks.Room(room, Needs(pulled, built, images)).Any())
            return;
        var outdated = (await outdatedAsync()).ToHashSet(StringComparer.Ordinal);
        Report(HostChecks.Room(room, Needs([.. pulled.Where(outdated.Contains)], [.. built.Where(outdated.Contains)], images)));
    }

    /// <summary>Makes sure that another node has room for copies of this host's images.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="runner">Runs programs on the node.</param>
    /// <param name="images">Full names of the images.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InputException">There is too little space. Nothing is copied yet.</exception>
    public async Task EnsureAsync(string node, IProcessRunner runner, IReadOnlyCollection<string> images, CancellationToken stop)
    {
        if (images.Count == 0)
            return;
        var needs = Needs(images, [], await new ImageStore(context.Runner).ListAsync(stop));
        Report(HostChecks.Room(await FileSystems.ReadAsync(runner, stop), needs).Select(finding => finding with { Message = $"{node}: {finding.Message}" }));
    }

    /// <summary>
    /// The size of images in bytes, estimated by those that have their names now; layers that several of them share are counted once. An image that is not
    /// there counts as in the preflight checks.
    /// </summary>
    internal static long BytesOf(IEnumerable<string> names, ImmutableArray<StoredImage> present)
    {
        var (byId, byName) = (new Dictionary<string, StoredImage>(StringComparer.Ordinal), new Dictionary<string, StoredImage>(StringComparer.Ordinal));
        foreach (var image in present)
        {
            byId.TryAdd(image.Id, image);
            foreach (var tag in image.Tags)
                byName.TryAdd(tag, image);
        }

        var (counted, bytes) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var name in names)
        {
            if (!byName.TryGetValue(name, out var image))
                bytes += HostNeeds.ImageBytes;
            for (var layer = image; layer is not null && counted.Add(layer.Id);)
            {
                var below = byId.GetValueOrDefault(layer.Below) ?? byId.GetValueOrDefault(layer.Parent);
                bytes += Math.Max(layer.Size - (below?.Size ?? 0), 0);
                layer = below;
            }
        }

        return bytes;
    }

    private ImmutableArray<NeededRoom> Needs(IReadOnlyCollection<string> pulled, IReadOnlyCollection<string> built, ImmutableArray<StoredImage> present)
    {
        var images = new NeededRoom(HostNeeds.ImageStore, BytesOf([.. pulled, .. built], present), "images");

        // Packages are compressed, to about a third or a quarter of what they take when they are installed.
        return built.Count == 0 ? [images] : [images, new(context.Images.Cache, BytesOf(built, present) / 3, "their packages"), HostNeeds.BuildRoom];
    }

    private void Report(IEnumerable<Diagnostic> findings)
    {
        ImmutableArray<Diagnostic> all = [.. findings];
        if (all.Length > 0 && Fails)
            throw new InputException(all);
        foreach (var finding in all)
            context.Events.Warn((finding with { Severity = Severity.Warning }).ToString());
    }
}
