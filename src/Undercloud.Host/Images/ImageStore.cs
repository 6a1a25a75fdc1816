using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>The images that podman has on this host, including those in additional read-only stores.</summary>
public sealed class ImageStore(IProcessRunner processes)
{
    /// <summary>
    /// Every image, newest first; empty while podman is not installed. A tag belongs to one image: when this host's own store and a read-only store both have
    /// the tag, podman starts the image in the own store, so only that image is listed with the tag. An image that is in both stores is listed once, with the tags of both.
    /// </summary>
    public async Task<ImmutableArray<StoredImage>> ListAsync(CancellationToken stop)
    {
        var listed = await processes.RunAsync(CommandLine.Of("podman", "image", "ls", "--all", "--no-trunc", "--format", "json"), stop);
        if (listed.ExitCode == 127)
            return [];
        var images = listed.Json(list => list.EnumerateArray().Select(Read).ToList());
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. images.OrderBy(image => image.IsReadOnly).ThenByDescending(image => image.Created)
                .Select(image => image with { Tags = [.. image.Tags.Where(taken.Add)] })
                .GroupBy(image => image.Id)
                .Select(same => same.First() with { Tags = [.. same.SelectMany(image => image.Tags)] })
                .OrderByDescending(image => image.Created).ThenBy(image => image.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Full names to ids, for every image with a name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdsAsync(CancellationToken stop)
    {
        var ids = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in await ListAsync(stop))
        {
            foreach (var tag in image.Tags)
                ids.TryAdd(tag, image.Id);
        }

        return ids;
    }

    /// <summary>The tool's images of one release that still have their tags, by name.</summary>
    public async Task<ImmutableDictionary<string, StoredImage>> OfAsync(OpenStackRelease release, CancellationToken stop) =>
        (await ListAsync(stop))
            .Where(image => image.Name is { } name && image.Tags.Contains(ImageDefinition.Tag(name, release)))
            .DistinctBy(image => image.Name)
            .ToImmutableDictionary(image => image.Name!);

    /// <summary>Removes an image with its names; podman refuses while a container uses the image.</summary>
    public Task<ProcessResult> DeleteAsync(StoredImage image, CancellationToken stop) =>
        processes.RunAsync(new("podman", ["image", "rm", .. image.Tags.IsEmpty ? [image.Id] : image.Tags]), stop);

    private static StoredImage Read(JsonElement image) => new(
        image.GetProperty("Id").GetString()!,
        [.. Texts(image, "Names")],
        image.GetProperty("Size").GetInt64(),
        DateTimeOffset.FromUnixTimeSeconds(image.GetProperty("Created").GetInt64()),
        image.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? labels.EnumerateObject().ToImmutableDictionary(label => label.Name, label => label.Value.GetString() ?? "")
            : ImmutableDictionary<string, string>.Empty)
    {
        IsReadOnly = image.TryGetProperty("ReadOnly", out var readOnly) && readOnly.ValueKind == JsonValueKind.True,
        Below = image.TryGetProperty("ParentId", out var below) ? below.GetString() ?? "" : "",
    };

    private static IEnumerable<string> Texts(JsonElement image, string property) =>
        image.TryGetProperty(property, out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()!)
            : [];
}
