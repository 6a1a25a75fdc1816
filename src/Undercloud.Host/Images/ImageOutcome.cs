using Undercloud.Host.Failures;

namespace Undercloud.Host.Images;

/// <summary>What became of one image in a build.</summary>
/// <param name="Tag">Its full name.</param>
/// <param name="Id">Its id; null when it failed.</param>
/// <param name="Reason">Why it was built; null when it was there already.</param>
/// <param name="Failure">What went wrong, fit to be shown; null when nothing did.</param>
public sealed record ImageOutcome(string Tag, string? Id, string? Reason = null, string? Failure = null);

/// <summary>Images could not be built. The message says which, the command and the last lines it wrote.</summary>
public sealed class ImageBuildException(string message) : InstallException(message);
