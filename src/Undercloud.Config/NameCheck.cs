using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Reports sections and options that are unknown, in the wrong section, or not supported yet.</summary>
internal sealed class NameCheck
{
    private readonly OsloConfigFile _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<ConfigOption> _options;
    private readonly SubnetSections _named;
    private readonly ImmutableArray<string> _subnets;

    // Subnets without a section: one that is misspelled was meant for one of them.
    private readonly ImmutableArray<string> _withoutSection;

    // Sections that hold an option of a subnet, in lower case.
    private readonly HashSet<string> _likeSubnets;

    private NameCheck(OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _options = options;
        _named = subnets;
        _subnets = [.. subnets.Names.Append(KnownOptions.SubnetSection).Distinct()];
        var sections = file.Sections.Select(section => section.Name.ToLowerInvariant()).ToHashSet();
        _withoutSection = [.. _subnets.Where(subnet => !sections.Contains(subnet.ToLowerInvariant()))];
        _likeSubnets = file.Entries.Where(entry => KnownOptions.Subnet.Contains(entry.Name))
            .Select(entry => entry.Section.ToLowerInvariant()).ToHashSet();
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
            Unknown(section);
        else if (OsloConfigFile.IsSameSection(section.Name, KnownOptions.SubnetSection) && !IsNamed(section.Name))
            NotNamed(section);
        else if (IsPlanned(section.Name))
            _diagnostics.Warning(section.Location, ConfigCodes.NotSupported,
                $"Section [{Shown(section.Name)}] is known but not supported yet.", "What it sets has no effect.");
    }

    private void Unknown(ConfigSection section)
    {
        var nearest = NearestName.Of(section.Name, _withoutSection.Append(OsloConfigFile.DefaultSection).Append(KnownOptions.AuthSection));
        if (nearest is null && _likeSubnets.Contains(section.Name.ToLowerInvariant()))
            NotNamed(section);
        else
            _diagnostics.Error(section.Location, ConfigCodes.UnknownSection, $"There is no section [{Shown(section.Name)}].",
                nearest is null
                    ? $"Options stand in [{OsloConfigFile.DefaultSection}], or in a section for each name in {KnownOptions.Subnets}."
                    : $"Did you mean [{Shown(nearest)}]?");
    }

    private void NotNamed(ConfigSection section) =>
        _diagnostics.Warning(section.Location, ConfigCodes.SectionNotNamed,
            $"[{Shown(section.Name)}] is a subnet's section, but {KnownOptions.Subnets} does not name it; what it sets has no effect.",
            $"Set {KnownOptions.Subnets} = {string.Join(", ", _named.Names.Take(8).Append(Shown(section.Name)))}, "
                + "or take the section out.");

    private bool IsNamed(string section) => _named.Names.Any(name => OsloConfigFile.IsSameSection(name, section));

    private void Option(ConfigEntry entry)
    {
        var known = OptionsOf(entry.Section);
        if (known is null)
            return;
        var place = entry.Location with { Column = 1 };
        if (!known.Value.Contains(entry.Name))
            _diagnostics.Error(place, ConfigCodes.UnknownOption, $"There is no option {Shown(entry.Name)} in [{Shown(entry.Section)}].",
                Remedy(entry, known.Value));
        else if (Find(entry) is { Effect: OptionEffect.None } option)
            _diagnostics.Warning(place, ConfigCodes.NoEffect, $"{entry.Name} has no effect. {option.Reason}",
                option.Instead);
        else if (!IsPlanned(entry.Section) && Find(entry) is not { Effect: OptionEffect.Applied })
            _diagnostics.Warning(place, ConfigCodes.NotSupported, $"{entry.Name} is known but not supported yet.", "It has no effect.");
    }

    // A whole section without effect is said once.
    private bool IsPlanned(string section) =>
        section != OsloConfigFile.DefaultSection
        && _options.Where(option => OsloConfigFile.IsSameSection(option.Group, section)).All(option => option.Effect != OptionEffect.Applied);

    // Pike's flat names are in no section's own options; no subnet's option has an effect yet.
    private ConfigOption? Find(ConfigEntry entry) => _options.FirstOrDefault(option =>
        OsloConfigFile.IsSameSection(option.Group, entry.Section)
        && (option.Name == entry.Name || option.DeprecatedNames.Contains(entry.Name)));

    private string Remedy(ConfigEntry entry, ImmutableArray<string> known)
    {
        // Pike's flat name of an option of the section it stands in.
        if (known == KnownOptions.Subnet
            && SubnetOptions.All.FirstOrDefault(option => option.FlatNames.Contains(entry.Name)) is { } renamed)
            return $"Write {renamed.Name}.";
        var homes = HomesOf(entry.Section).ToList();
        if (homes.Find(home => home.Names.Contains(entry.Name)) is { Names.IsDefault: false } home)
            return $"It belongs in [{Shown(home.Section)}].";
        if (NearestName.Of(entry.Name, known.Concat(homes.SelectMany(home => home.Names))) is not { } nearest)
            return "Take it out, or correct its name.";
        return known.Contains(nearest)
            ? $"Did you mean {nearest}?"
            : $"Did you mean {nearest}? It belongs in [{Shown(homes.Find(home => home.Names.Contains(nearest)).Section)}].";
    }

    private IEnumerable<(string Section, ImmutableArray<string> Names)> HomesOf(string other) =>
        new[]
        {
            (OsloConfigFile.DefaultSection, KnownOptions.Default),
            (_named.Local ?? _subnets[0], KnownOptions.Subnet),
            (KnownOptions.AuthSection, KnownOptions.Auth),
        }.Where(home => OptionsOf(other) != home.Item2);

    private ImmutableArray<string>? OptionsOf(string section) =>
        section == OsloConfigFile.DefaultSection ? KnownOptions.Default
        : OsloConfigFile.IsSameSection(section, KnownOptions.AuthSection) ? KnownOptions.Auth
        : _subnets.Any(subnet => OsloConfigFile.IsSameSection(section, subnet)) ? KnownOptions.Subnet
        : null;

    private static string Shown(string name) => OneLine.Quote(name)[1..^1];
}
