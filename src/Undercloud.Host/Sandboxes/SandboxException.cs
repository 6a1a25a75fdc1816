using Undercloud.Host.Failures;

namespace Undercloud.Host.Sandboxes;

/// <summary>A sandbox could not be created or used. The message gives the cause and the remedy.</summary>
public sealed class SandboxException(string message) : InstallException(message);
