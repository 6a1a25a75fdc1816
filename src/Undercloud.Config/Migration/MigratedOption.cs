namespace Undercloud.Config;

/// <summary>One row of a migration's report.</summary>
/// <param name="Section">The section in the old file.</param>
/// <param name="Name">The name in the old file.</param>
/// <param name="Line">The line there; null for an option that the file does not set.</param>
/// <param name="Fate">What is done with it.</param>
/// <param name="Option">The option it is today; null for an unknown one.</param>
/// <param name="Home">Where it is in the new file: "cidr in [ctlplane-subnet]"; null when it is commented out.</param>
/// <param name="Remark">Why, and what to do; null when there is nothing to say.</param>
public sealed record MigratedOption(
    string Section, string Name, int? Line, MigrationFate Fate, ConfigOption? Option, string? Home, string? Remark = null)
{
    /// <summary>The default in the old release where it was another one.</summary>
    public FormerDefault? FormerDefault { get; init; }
}
