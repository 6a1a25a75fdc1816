using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>
/// Options of a subnet in [DEFAULT], where no release read them. They were meant for the local subnet, and the checks treat them like that: where its
/// section does not set one of them, the migration moves the option there.
/// </summary>
internal static class SubnetOptionsOfDefault
{
    /// <summary>The options that move to the local subnet's section.</summary>
    /// <param name="file">The old file.</param>
    /// <param name="options">The table.</param>
    /// <param name="subnets">Identifies the local subnet's section.</param>
    /// <param name="isSet">Whether a file sets an option in its proper section.</param>
    public static Dictionary<ConfigOption, ConfigEntry> Of(OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, Predicate<ConfigOption> isSet)
    {
        // An assignment that contains a reference, or is the target of one, stays: its meaning would change in another section.
        var referenced = file.Entries.SelectMany(entry => Interpolation.NamesIn(entry.Text)).SelectMany(name => name.Split('.').Append(name)).ToHashSet(StringComparer.Ordinal);
        var meant = new Dictionary<ConfigOption, ConfigEntry>(ReferenceEqualityComparer.Instance);
        foreach (var entry in file.Entries.Where(entry => OsloConfigFile.IsSameSection(entry.Section, OsloConfigFile.DefaultSection)))
        {
            if (options.FirstOrDefault(option => option.Group == subnets.Local && option.Name == entry.Name) is { Effect: not OptionEffect.None } option
                && !isSet(option) && FormerOption.Of(entry) is null && !referenced.Contains(entry.Name) && Interpolation.NamesIn(entry.Text).IsEmpty
                && !KnownOptions.Default.Contains(entry.Name))
                meant[option] = entry;
        }

        return meant;
    }
}
