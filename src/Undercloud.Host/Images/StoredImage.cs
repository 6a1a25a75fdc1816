using System.Collections.Immutable;
using Undercloud.Deploy.Images;

namespace Undercloud.Host.Images;

/// <summary>An image in this host's store.</summary>
/// <param name="Id">The id, 64 hexadecimal digits.</param>
/// <param name="Tags">The full names; empty when a newer build took them.</param>
/// <param name="Size">The size in bytes, including shared layers.</param>
/// <param name="Created">The time of creation.</param>
/// <param name="Labels">The labels; those of a tool's image record what it was built from.</param>
public sealed record StoredImage(string Id, ImmutableArray<string> Tags, long Size, DateTimeOffset Created, ImmutableDictionary<string, string> Labels)
{
    public const string NameLabel = "undercloud.image";
    public const string ReleaseLabel = "undercloud.release";
    public const string DefinitionLabel = "undercloud.definition";
    public const string ParentLabel = "undercloud.parent";
    public const string PackagesLabel = "undercloud.packages";

    /// <summary>Whether the image is in a read-only store, such as the host's store in a sandbox.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The id of the image on whose layers this one stands, whoever made it; empty for none on this host.</summary>
    public string Below { get; init; } = "";

    /// <summary>The name of the definition; null for an image that the tool did not build.</summary>
    public string? Name => Labels.GetValueOrDefault(NameLabel);

    public string? Release => Labels.GetValueOrDefault(ReleaseLabel);

    /// <summary>The id of the parent image; empty for a root.</summary>
    public string Parent => Labels.GetValueOrDefault(ParentLabel, "");

    /// <summary>The fingerprint of the packages that apt installed in the image.</summary>
    public string Packages => Labels.GetValueOrDefault(PackagesLabel, "");

    /// <summary>Why the image is outdated for the recipe and the parent, in a few words; null when it is up to date.</summary>
    public string? Outdated(ImageRecipe recipe, string parent) =>
        Labels.GetValueOrDefault(DefinitionLabel) != recipe.Fingerprint() ? "its definition changed"
        : Parent != parent ? $"{recipe.Definition.From} changed"
        : null;
}
