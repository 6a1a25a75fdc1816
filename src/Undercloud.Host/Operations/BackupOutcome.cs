using Undercloud.Host.Backups;

namespace Undercloud.Host.Operations;

/// <summary>The outcome of a backup.</summary>
/// <param name="Contents">What is in it, or would be.</param>
/// <param name="File">The file; null for a dry run.</param>
/// <param name="FileBytes">The size of the file.</param>
/// <param name="Manifest">The manifest of the file; null for a dry run.</param>
public sealed record BackupOutcome(BackupContents Contents, string? File, long FileBytes, BackupManifest? Manifest);
