using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Reports sections and options that are unknown, in the wrong section, or not supported yet.</summary>
internal sealed class NameCheck
{
    private readonly OsloConfigFile _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<ConfigOption> _options;
    private readonly ImmutableArray<string> _subnets;

    private NameCheck(OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _options = options;
        _subnets = [.. subnets.Names.Append(KnownOptions.SubnetSection).Distinct()];
    }

    /// <summary>Checks every header and every assignment of the file.</summary>
    public static void Run(OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, DiagnosticBag diagnostics)
    {
        var check = new NameCheck(file, options, subnets, diagnostics);
        foreach (var section in file.Sections)
            check.Section(section);
        foreach (var entry in file.Entries)
            check.Option(entry);
    }

    private void Section(ConfigSection section)
    {
        if (OptionsOf(section.Name) is null)
        {
            var nearest = NearestName.Of(section.Name, _subnets.Append(OsloConfigFile.DefaultSection).Append(KnownOptions.AuthSection));
            _diagnostics.Error(section.Location, ConfigCodes.UnknownSection, $"There is no section [{Shown(section.Name)}].",
                nearest is null
                    ? $"Options stand in [{OsloConfigFile.DefaultSection}], or in a section for each name in {KnownOptions.Subnets}."
                    : $"Did you mean [{Shown(nearest)}]?");
        }
        else if (section.Name != OsloConfigFile.DefaultSection)
        {
            _diagnostics.Warning(section.Location, ConfigCodes.NotSupported,
                $"Section [{Shown(section.Name)}] is known but not supported yet.", "What it sets has no effect.");
        }
    }

    private void Option(ConfigEntry entry)
    {
        var known = OptionsOf(entry.Section);
        if (known is null)
            return;
        var place = entry.Location with { Column = 1 };
        if (!known.Value.Contains(entry.Name))
            _diagnostics.Error(place, ConfigCodes.UnknownOption, $"There is no option {Shown(entry.Name)} in [{Shown(entry.Section)}].",
                Remedy(entry.Name, known.Value));
        else if (Find(entry) is { Effect: OptionEffect.None } option)
            _diagnostics.Warning(place, ConfigCodes.NoEffect, $"{entry.Name} has no effect. {option.Reason}",
                option.Instead);
        else if (entry.Section == OsloConfigFile.DefaultSection && Find(entry) is not { Effect: OptionEffect.Applied })
            _diagnostics.Warning(place, ConfigCodes.NotSupported, $"{entry.Name} is known but not supported yet.", "It has no effect.");
    }

    // Pike's flat names are in no section's own options; no subnet's option has an effect yet.
    private ConfigOption? Find(ConfigEntry entry) => _options.FirstOrDefault(option =>
        OsloConfigFile.IsSameSection(option.Group, entry.Section)
        && (option.Name == entry.Name || option.DeprecatedNames.Contains(entry.Name)));

    private string Remedy(string name, ImmutableArray<string> known)
    {
        if (HomeOf(name) is { } home)
            return $"It belongs in [{Shown(home)}].";
        var nearest = NearestName.Of(name, known);
        return nearest is null ? "Take it out, or correct its name." : $"Did you mean {nearest}?";
    }

    // Only reached by names the section itself does not have.
    private string? HomeOf(string name) =>
        KnownOptions.Default.Contains(name) ? OsloConfigFile.DefaultSection
        : KnownOptions.Subnet.Contains(name) ? _subnets[0]
        : KnownOptions.Auth.Contains(name) ? KnownOptions.AuthSection
        : null;

    private ImmutableArray<string>? OptionsOf(string section) =>
        section == OsloConfigFile.DefaultSection ? KnownOptions.Default
        : OsloConfigFile.IsSameSection(section, KnownOptions.AuthSection) ? KnownOptions.Auth
        : _subnets.Any(subnet => OsloConfigFile.IsSameSection(section, subnet)) ? KnownOptions.Subnet
        : null;

    private static string Shown(string name) => OneLine.Quote(name)[1..^1];
}
