namespace Undercloud.Config;

/// <summary>One row of a migration's report.</summary>
/// <param name="Section">The section in the old file.</param>
/// <param name="Name">The name in the old file.</param>
/// <param name="Line">The line there; null for an option that the file does not set.</param>
/// <param name="Fate">What the migration does with it.</param>
/// <param name="Option">The present option; null for an unknown one.</param>
/// <param name="Home">Its place in the new file: "cidr in [ctlplane-subnet]"; null when it is commented out.</param>
/// <param name="Remark">The reason and the remedy; null for none.</param>
public sealed record MigratedOption(
    string Section, string Name, int? Line, MigrationFate Fate, ConfigOption? Option, string? Home, string? Remark = null)
{
    /// <summary>The default in the old release, if it differs.</summary>
    public FormerDefault? FormerDefault { get; init; }
}
