namespace Undercloud.Host.Failures;

/// <summary>A record of this tool cannot be read. The message gives the file, the cause and the remedy.</summary>
public sealed class DamagedStateException(string message) : InstallException(message);
