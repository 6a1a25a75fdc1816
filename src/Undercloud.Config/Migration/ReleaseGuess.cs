namespace Undercloud.Config;

/// <summary>Finds out which release a file was written for.</summary>
public static class ReleaseGuess
{
    /// <summary>
    /// The release that knows most of the names in the file by their own name. Of several, instack-undercloud queens if it is among them,
    /// else the oldest.
    /// </summary>
    public static ConfigRelease Of(OsloConfigFile file, SubnetSections subnets)
    {
        var options = UndercloudOptions.For(subnets);
        var owners = file.Entries.Select(entry => (entry, option: OwnerOf(entry, options))).ToArray();
        return ConfigReleases.Keys.Select(key => key.Release)
            .OrderBy(release => owners.Sum(owner => Cost(owner.entry, owner.option, release)))
            .ThenBy(release => release != ConfigRelease.InstackQueens)
            .First();
    }

    /// <summary>The option an assignment sets, by whatever name, or null.</summary>
    public static ConfigOption? OwnerOf(ConfigEntry entry, IEnumerable<ConfigOption> options) =>
        options.FirstOrDefault(option => OptionResolver.NamesOf(option)
            .Any(name => name.Name == entry.Name && OsloConfigFile.IsSameSection(name.Group, entry.Section)));

    // Pike and python-tripleoclient queens had subnets' options in [DEFAULT] alone; later ones took them there for old names.
    private static int Cost(ConfigEntry entry, ConfigOption? option, ConfigRelease release)
    {
        var hasSections = (release & (ConfigRelease.InstackPike | ConfigRelease.Queens)) == 0;
        return option is null ? 0
            : IsFlat(entry, option) ? (hasSections ? 1 : 0)
            : option.Releases.HasFlag(release) ? 0 : 10;
    }

    private static bool IsFlat(ConfigEntry entry, ConfigOption option) =>
        option.FlatNames.Contains(entry.Name) && !OsloConfigFile.IsSameSection(entry.Section, option.Group);
}
