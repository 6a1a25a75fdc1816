using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>
/// A subnet's options that stand in [DEFAULT], where no release read them. They were meant for the local subnet, as checks take them too: where its
/// section leaves one out, the migration takes it there.
/// </summary>
internal static class SubnetOptionsOfDefault
{
    /// <summary>Those that are taken to the local subnet's section.</summary>
    /// <param name="file">The old file.</param>
    /// <param name="options">The table.</param>
    /// <param name="subnets">Which section is the local subnet's.</param>
    /// <param name="isSet">Whether a file sets an option where it belongs.</param>
    public static Dictionary<ConfigOption, ConfigEntry> Of(OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, Predicate<ConfigOption> isSet)
    {
        // What refers to another value, and what another refers to, stays: it would mean something else there.
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
