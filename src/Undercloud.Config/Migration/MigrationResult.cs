using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The result of a migration.</summary>
/// <param name="Release">The assumed release of the old file.</param>
/// <param name="IsMigrated">Whether the old file is itself the result of a migration.</param>
/// <param name="Options">A row for each assignment in the order of the lines, then one for each other option whose default changed.</param>
/// <param name="Text">The new file; equal to the old one when there is nothing to change.</param>
public sealed record MigrationResult(ConfigRelease Release, bool IsMigrated, ImmutableArray<MigratedOption> Options, string Text);
