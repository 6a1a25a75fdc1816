namespace Undercloud.Config;

/// <summary>Detects the release for which a file was written.</summary>
internal static class ReleaseGuess
{
    /// <summary>
    /// The release that has most of the names in the file as present names. Of several, instack-undercloud queens if it is among them,
    /// else the oldest.
    /// </summary>
    public static ConfigRelease Of(OsloConfigFile file, OptionIndex options)
    {
        var owners = file.Entries.Select(entry => (entry, option: options.OwnerOf(entry))).ToArray();
        return ConfigReleases.Keys.Select(key => key.Release)
            .OrderBy(release => owners.Sum(owner => Cost(owner.entry, owner.option, release)))
            .ThenBy(release => release != ConfigRelease.InstackQueens)
            .First();
    }

    // Pike and python-tripleoclient queens had subnets' options in [DEFAULT] only; later releases read them there as former names.
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
