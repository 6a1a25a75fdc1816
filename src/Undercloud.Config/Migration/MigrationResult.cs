using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>What a migration comes to.</summary>
/// <param name="Release">The release the old file was taken to be of.</param>
/// <param name="IsMigrated">Whether the file is the result of a migration already.</param>
/// <param name="Options">A row for each assignment in the order of the lines, then one for each other option whose default changed.</param>
/// <param name="Text">The new file; the very text of the old one when there is nothing to change.</param>
public sealed record MigrationResult(ConfigRelease Release, bool IsMigrated, ImmutableArray<MigratedOption> Options, string Text);
