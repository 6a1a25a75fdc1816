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
    private readonly MisplacedOptions _misplaced;
    private readonly ImmutableArray<string> _subnets;

    // Subnets without a section: a misspelled section was meant for one of them.
    private readonly ImmutableArray<string> _withoutSection;

    // Sections that contain an option of a subnet, in lower case.
    private readonly HashSet<string> _likeSubnets;

    private NameCheck(OsloConfigFile file, ImmutableArray<Setting> settings, SubnetSections subnets, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _options = [.. settings.Select(setting => setting.Option)];
        _named = subnets;
        _misplaced = new(settings, subnets);
        _subnets = [.. subnets.Names.Append(KnownOptions.SubnetSection).Distinct()];
        var sections = file.Sections.Select(section => section.Name.ToLowerInvariant()).ToHashSet();
        _withoutSection = [.. _subnets.Where(subnet => !sections.Contains(subnet.ToLowerInvariant()))];
        _likeSubnets = file.Entries.Where(entry => KnownOptions.Subnet.Contains(entry.Name))
            .Select(entry => entry.Section.ToLowerInvariant()).ToHashSet();
    }

    /// <summary>Checks every header and every assignment of the file.</summary>
    public static void Run(OsloConfigFile file, ImmutableArray<Setting> settings, SubnetSections subnets, DiagnosticBag diagnostics)
    {
        var check = new NameCheck(file, settings, subnets, diagnostics);
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
        {
            // The sample file has the header: without options it has no meaning.
            if (_file.Entries.Any(entry => OsloConfigFile.IsSameSection(entry.Section, section.Name)))
                NotNamed(section);
        }
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
        if (known.Value.Contains(entry.Name))
            Effect(entry, place);
        else if (FormerOption.Of(entry) is { } former)
            Ignored(place, $"{entry.Name} has no effect. {former.Reason}", former.Instead);
        else if (MisplacedOptions.IsMasquerade(entry, known))
            Ignored(place, $"{entry.Name} has no effect in [{Shown(entry.Section)}]: a subnet's option is called masquerade.",
                MisplacedOptions.Masquerades(entry) is { } on ? $"Write masquerade = {(on ? "true" : "false")}." : "Write masquerade = true or masquerade = false.");
        else if (_misplaced.IsInForce(entry))
            Ignored(place, $"{entry.Name} has no effect in [{Shown(entry.Section)}]; what it says is so anyway.", "Take the line out.");
        else
            _diagnostics.Error(place, ConfigCodes.UnknownOption, $"There is no option {Shown(entry.Name)} in [{Shown(entry.Section)}].",
                Remedy(entry, known.Value));
    }

    private void Ignored(SourceSpan place, string message, string remedy) => _diagnostics.Warning(place, ConfigCodes.Ignored, message, remedy);

    private void Effect(ConfigEntry entry, SourceSpan place)
    {
        if (Find(entry) is not { } option || option.IsSoAnyway(entry.Text))
            return;
        if (option.Effect == OptionEffect.None)
            _diagnostics.Warning(place, ConfigCodes.NoEffect, $"{entry.Name} has no effect. {option.Reason}", option.Instead);
        else if (option.Effect == OptionEffect.Planned && !IsPlanned(entry.Section))
            _diagnostics.Warning(place, ConfigCodes.NotSupported, $"{entry.Name} is known but not supported yet.", "It has no effect.");
    }

    // A whole section without effect has one finding.
    private bool IsPlanned(string section) =>
        section != OsloConfigFile.DefaultSection
        && _options.Where(option => OsloConfigFile.IsSameSection(option.Group, section)).All(option => option.Effect != OptionEffect.Applied);

    private ConfigOption? Find(ConfigEntry entry) => _options.FirstOrDefault(option => OptionResolver.NamesOf(option)
        .Any(name => name.Name == entry.Name && OsloConfigFile.IsSameSection(name.Group, entry.Section)));

    private string Remedy(ConfigEntry entry, ImmutableArray<string> known)
    {
        // Pike's flat name of an option of the section that contains it.
        if (known == KnownOptions.Subnet
            && SubnetOptions.All.FirstOrDefault(option => option.FlatNames.Contains(entry.Name)) is { } renamed)
            return $"Write {renamed.Name}.";
        var homes = HomesOf(known).ToList();
        if (homes.Find(home => home.Names.Contains(entry.Name)) is { Names.IsDefault: false } home)
            return $"It belongs in [{Shown(home.Section)}].";
        if (SubnetOptions.All.FirstOrDefault(option => option.FlatNames.Contains(entry.Name)) is { } flat)
            return $"Write {flat.Name} in [{Shown(LocalSection)}].";
        if (NearestName.Of(entry.Name, known.Concat(homes.SelectMany(home => home.Names))) is not { } nearest)
            return "Take it out, or correct its name.";
        return known.Contains(nearest)
            ? $"Did you mean {nearest}?"
            : $"Did you mean {nearest}? It belongs in [{Shown(homes.Find(home => home.Names.Contains(nearest)).Section)}].";
    }

    private string LocalSection => _named.Local ?? _subnets[0];

    // Pike's flat names are former ones, so they are never suggested.
    private IEnumerable<(string Section, ImmutableArray<string> Names)> HomesOf(ImmutableArray<string> known)
    {
        if (known != KnownOptions.Default)
            yield return (OsloConfigFile.DefaultSection, KnownOptions.OwnDefault);
        if (known != KnownOptions.Subnet)
            yield return (LocalSection, KnownOptions.Subnet);
        if (known != KnownOptions.Auth)
            yield return (KnownOptions.AuthSection, KnownOptions.Auth);
    }

    private ImmutableArray<string>? OptionsOf(string section) =>
        section == OsloConfigFile.DefaultSection ? KnownOptions.Default
        : OsloConfigFile.IsSameSection(section, KnownOptions.AuthSection) ? KnownOptions.Auth
        : _subnets.Any(subnet => OsloConfigFile.IsSameSection(section, subnet)) ? KnownOptions.Subnet
        : null;

    private static string Shown(string name) => OneLine.Quote(name)[1..^1];
}
