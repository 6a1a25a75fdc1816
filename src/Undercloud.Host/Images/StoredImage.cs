using System.Collections.Immutable;
using Undercloud.Deploy.Images;

namespace Undercloud.Host.Images;

/// <summary>An image in this host's store.</summary>
/// <param name="Id">Its identity, 64 hexadecimal digits.</param>
/// <param name="Tags">Its full names; none when a newer build took them.</param>
/// <param name="Size">Bytes, with the layers it shares.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Labels">Its labels, which say what it was built from when it is ours.</param>
public sealed record StoredImage(string Id, ImmutableArray<string> Tags, long Size, DateTimeOffset Created, ImmutableDictionary<string, string> Labels)
{
    public const string NameLabel = "undercloud.image";
    public const string ReleaseLabel = "undercloud.release";
    public const string DefinitionLabel = "undercloud.definition";
    public const string ParentLabel = "undercloud.parent";
    public const string PackagesLabel = "undercloud.packages";

    /// <summary>Whether it is in a store that this host only reads, as a sandbox does its machine's.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Its definition's name, when it is ours.</summary>
    public string? Name => Labels.GetValueOrDefault(NameLabel);

    public string? Release => Labels.GetValueOrDefault(ReleaseLabel);

    /// <summary>The id of the image it stands on; empty for a root.</summary>
    public string Parent => Labels.GetValueOrDefault(ParentLabel, "");

    /// <summary>The fingerprint of the packages that apt installed in it.</summary>
    public string Packages => Labels.GetValueOrDefault(PackagesLabel, "");

    /// <summary>Why it is not what the recipe on this parent would make, a few words; null when it is.</summary>
    public string? Outdated(ImageRecipe recipe, string parent) =>
        Labels.GetValueOrDefault(DefinitionLabel) != recipe.Fingerprint() ? "its definition changed"
        : Parent != parent ? $"{recipe.Definition.From} changed"
        : null;
}
