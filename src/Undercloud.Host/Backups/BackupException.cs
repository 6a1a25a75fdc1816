using Undercloud.Host.Failures;

namespace Undercloud.Host.Backups;

/// <summary>A file is no backup, or a damaged one. The message names the file, the cause and the remedy.</summary>
public sealed class BackupException(string message) : InstallException(message);
