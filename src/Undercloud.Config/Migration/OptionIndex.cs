using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>Options by all of their names, former ones included.</summary>
internal sealed class OptionIndex
{
    private readonly Dictionary<(string Section, string Name), ConfigOption> _byName = [];

    public OptionIndex(ImmutableArray<ConfigOption> options)
    {
        foreach (var option in options)
        {
            foreach (var (group, name) in OptionResolver.NamesOf(option))
                _byName.TryAdd((OsloConfigFile.Normalized(group), name), option);
        }
    }

    /// <summary>The option that an assignment sets, or null.</summary>
    public ConfigOption? OwnerOf(ConfigEntry entry) => _byName.GetValueOrDefault((OsloConfigFile.Normalized(entry.Section), entry.Name));
}
