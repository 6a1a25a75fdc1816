using Undercloud.Host.Failures;

namespace Undercloud.Host.Sandboxes;

/// <summary>A sandbox could not be made or used. The message says why and what to do.</summary>
public sealed class SandboxException(string message) : InstallException(message);
