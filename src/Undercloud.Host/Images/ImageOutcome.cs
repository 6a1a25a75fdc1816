using Undercloud.Host.Failures;

namespace Undercloud.Host.Images;

/// <summary>The outcome of a build for one image.</summary>
/// <param name="Tag">The full name.</param>
/// <param name="Id">The id; null when the build failed.</param>
/// <param name="Reason">Why the image was built; null when it was up to date.</param>
/// <param name="Failure">The error message; null without an error.</param>
public sealed record ImageOutcome(string Tag, string? Id, string? Reason = null, string? Failure = null);

/// <summary>Images could not be built. The message names the image and the command, with the last lines of its output.</summary>
public sealed class ImageBuildException(string message) : InstallException(message);
