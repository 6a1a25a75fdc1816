using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Images;

/// <summary>An entry of ContainerImagePrepare.</summary>
internal sealed record PrepareEntry
{
    // Where a built image is pushed without a namespace to say where.
    private const string OwnNamespace = "undercloud";

    /// <summary>Registry and namespace; null for images that are built.</summary>
    public string? Namespace { get; init; }

    /// <summary>What comes before an image's name.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>What comes after an image's name.</summary>
    public string NameSuffix { get; init; } = "";

    /// <summary>The tag; null for the release's name.</summary>
    public string? Tag { get; init; }

    /// <summary>The label that gives the tag, or a text with labels in braces; null for none.</summary>
    public string? TagFromLabel { get; init; }

    /// <summary>The registry, with or without a namespace, to which images are pushed; null for none.</summary>
    public string? PushDestination { get; init; }

    /// <summary>Patterns of which a name has to match one; none for every name.</summary>
    public ImmutableArray<Regex> Includes { get; init; } = [];

    /// <summary>Patterns of which a name may match none. They do not count beside <see cref="Includes"/>.</summary>
    public ImmutableArray<Regex> Excludes { get; init; } = [];

    /// <summary>Whether the entry says anything about an image (source of the precedence: tripleo_common/image/kolla_builder.py).</summary>
    public bool Matches(string name) => Includes.IsEmpty ? !Excludes.Any(pattern => pattern.IsMatch(name)) : Includes.Any(pattern => pattern.IsMatch(name));

    /// <summary>The origin of an image.</summary>
    public ImageOrigin Of(string name, string release)
    {
        var (full, tag) = ($"{NamePrefix}{name}{NameSuffix}", Tag ?? release);
        var source = Namespace is null ? null : ImageReference.Below(Namespace, full, tag);
        return new(source, Tag is null ? TagFromLabel : null, PushDestination is null ? null : Destination(PushDestination, source, full, tag));
    }

    // An address alone gets the path of the source (as TripleO's does).
    private static ImageReference Destination(string place, ImageReference? source, string name, string tag) => ImageReference.Below(
        place.Contains('/') ? place : source is null ? $"{place}/{OwnNamespace}" : $"{place}/{source.Path}"[..^name.Length].TrimEnd('/'), name, tag);
}
