namespace Undercloud.Deploy.Images;

/// <summary>Where an image of the tool comes from, and where it is pushed.</summary>
/// <param name="Source">The image in a registry; null for an image that is built.</param>
/// <param name="TagFromLabel">The label, or the text with labels in braces, that gives the source's tag; null where the source has its tag.</param>
/// <param name="Destination">Where the image is pushed when it is here; null for nowhere.</param>
public sealed record ImageOrigin(ImageReference? Source, string? TagFromLabel, ImageReference? Destination);
