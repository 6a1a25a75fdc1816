using Undercloud.Host.Backups;

namespace Undercloud.Host.Operations;

/// <summary>The outcome of a restore.</summary>
/// <param name="Manifest">The manifest of the backup.</param>
/// <param name="Install">The outcome of the installation on top of the data; null for a dry run.</param>
public sealed record RestoreOutcome(BackupManifest Manifest, InstallOutcome? Install);
