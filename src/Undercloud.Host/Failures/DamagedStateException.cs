namespace Undercloud.Host.Failures;

/// <summary>A record of this tool's own cannot be read. The message says which, why, and the way on.</summary>
public sealed class DamagedStateException(string message) : InstallException(message);
