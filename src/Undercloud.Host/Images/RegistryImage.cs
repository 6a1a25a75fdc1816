using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Images;

/// <summary>An image as a registry, or the host after a pull, has it.</summary>
/// <param name="Digest">The digest of its manifest, sha256:….</param>
/// <param name="Labels">Its labels.</param>
public sealed record RegistryImage(string Digest, ImmutableDictionary<string, string> Labels)
{
    /// <summary>Its id on this host; empty for an image that is not here.</summary>
    public string Id { get; init; } = "";

    /// <summary>What is wrong with it as an image of the tool; null when it is the one that a full name stands for.</summary>
    /// <param name="image">The full name on this host.</param>
    public string? Mismatch(string image)
    {
        var wanted = ImageDefinition.Parts(image);
        var found = (Labels.GetValueOrDefault(StoredImage.NameLabel), Labels.GetValueOrDefault(StoredImage.ReleaseLabel));
        return found == wanted ? null
            : found is ({ } name, { } release) ? $"is the image of {name} for {release}"
            : "is no image of this tool: the labels of its build are missing";
    }
}

/// <summary>An image could not be pulled or pushed. The message names the image, the cause and the remedy.</summary>
public sealed class RegistryException(string message) : InstallException(message);
