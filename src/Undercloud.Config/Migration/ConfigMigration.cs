using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// Converts an undercloud.conf of any former release to a present one. Every assignment stays, in force or as a comment with the reason, and
/// so do the file's own comments. The effect of the file is the same before and after, except for a subnet's options in [DEFAULT]
/// (<see cref="SubnetOptionsOfDefault"/>). Idempotent: a migrated file stays as it is.
/// </summary>
public sealed class ConfigMigration
{
    /// <summary>The beginning of a migrated file's first line.</summary>
    public const string Mark = "# Migrated by `undercloud config migrate`";

    private readonly OsloConfigFile _file;
    private readonly SubnetSections _subnets;
    private readonly ImmutableArray<ConfigOption> _options;
    private readonly OptionIndex _index;
    private readonly HashSet<string> _referenced;
    private readonly Dictionary<ConfigOption, ConfigEntry> _winners = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ConfigOption, ConfigEntry> _misplaced;
    private readonly MasqueradeMigration _masquerade;
    private readonly ConfigRelease _release;
    private readonly bool _isMigrated;

    private ConfigMigration(OsloConfigFile file, ConfigRelease? release, bool isMigrated)
    {
        _file = file;
        _isMigrated = isMigrated;
        _subnets = SubnetSections.Of(file);
        _options = UndercloudOptions.For(_subnets);
        _index = new(_options);
        _release = release ?? ReleaseGuess.Of(file, _index);
        foreach (var option in _options)
        {
            if (OptionResolver.NamesOf(option).Select(name => file.All(name.Group, name.Name)).FirstOrDefault(found => !found.IsEmpty) is
                { IsDefault: false } entries)
                _winners[option] = entries[^1];
        }

        _misplaced = SubnetOptionsOfDefault.Of(file, _options, _subnets, _winners.ContainsKey);
        _masquerade = MasqueradeMigration.Of(file, _options, _subnets, _misplaced);
        _referenced = Referenced();
    }

    /// <summary>The migration of a file; null when it is not oslo.config syntax, which is then reported.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="release">Its release; null to detect it.</param>
    /// <param name="diagnostics">Takes syntax errors.</param>
    public static MigrationResult? Run(string text, string path, ConfigRelease? release, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var file = OsloConfigReader.Read(text, path, found);
        diagnostics.AddRange(found.All);
        if (found.HasErrors)
            return null;
        var lines = OsloConfigReader.Lines(text);
        var isMigrated = lines.Any(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return new ConfigMigration(file, release, isMigrated).Migrate(lines, text);
    }

    // The names that effective values refer to. A value without effect stays when one of them refers to it, and so on.
    private HashSet<string> Referenced()
    {
        HashSet<string> names = [];
        var rest = _winners.ToList();
        while (rest.RemoveAll(winner => StaysFor(winner.Key, winner.Value, names) && Add(winner.Value)) > 0)
        {
        }

        return names;

        bool Add(ConfigEntry entry)
        {
            names.UnionWith(Interpolation.NamesIn(entry.Text).SelectMany(name => name.Split('.').Append(name)));
            return true;
        }
    }

    private bool StaysFor(ConfigOption option, ConfigEntry entry, HashSet<string> referenced) =>
        option.Name == AddressOptions.MasqueradeNetwork.Name
            ? _masquerade.Row(RowOf(entry, option), entry).Fate == MigrationFate.Kept
            : option.Effect != OptionEffect.None || referenced.Contains(entry.Name);

    private MigrationResult Migrate(string[] lines, string text)
    {
        var rows = _file.Entries.Select(Row).ToImmutableArray();
        var edit = new MigratedLines(lines, _file);
        for (var i = 0; i < rows.Length; i++)
            Apply(edit, rows[i], _file.Entries[i]);
        foreach (var section in _file.Sections.Where(section => !IsKnown(section.Name)))
            edit.CommentOutHeader(section, ["Unknown: no release has this section, and subnets does not name it."]);
        var changed = ChangedDefaults();
        edit.AddComments(changed.Select(row => (row.Section, $"{row.Name} = {OptionText.Written(row.Option!, row.FormerDefault!.Default)}".TrimEnd())),
            $"Not set so far, and the default of {ConfigReleases.Text(_release)} was another one. To keep that, uncomment the line.");
        return new(_release, _isMigrated, [.. rows, .. changed], edit.IsChanged
            ? edit.Write(_isMigrated ? null : $"{Mark} from {ConfigReleases.Text(_release)}.")
            : text);
    }

    private MigratedOption Row(ConfigEntry entry)
    {
        var option = _index.OwnerOf(entry);
        var row = RowOf(entry, option);
        if (option is null)
            return OfNoOption(row, entry);
        var winner = _winners[option];
        if (!ReferenceEquals(winner, entry))
            return row with
            {
                Fate = MigrationFate.Overridden,
                Home = null,
                Remark = $"It had no effect: {winner.Name} in [{winner.Section}] at line {winner.Location.Line} wins over it.",
            };
        if (option.Name == AddressOptions.MasqueradeNetwork.Name)
            return _masquerade.Row(row, entry);
        if (option.Effect == OptionEffect.None)
            return _referenced.Contains(entry.Name)
                ? row with { Remark = $"It has no effect itself ({option.Reason}), but another value refers to it." }
                : row with { Fate = MigrationFate.WithoutEffect, Home = null, Remark = $"{option.Reason} {option.Instead}" };
        var home = $"{option.Name} in [{option.Group}]";
        if (!OsloConfigFile.IsSameSection(option.Group, entry.Section))
            return _referenced.Contains(entry.Name)
                ? row with { Remark = $"It belongs in [{option.Group}], but another value refers to it where it is." }
                : row with { Fate = MigrationFate.Moved, Home = home };
        if (entry.Name != option.Name)
            return row with { Fate = MigrationFate.Renamed, Home = home };
        return TodaysValue(row, entry) is { } value ? row with { Remark = $"Ironic has no classic drivers any more: it is {value} now." } : row;
    }

    // The hardware types where the value names classic drivers; null where it names none, or contains references.
    private static string? TodaysValue(MigratedOption row, ConfigEntry entry)
    {
        if (row.Option is not { } option || !ClassicDrivers.IsNamedIn(option) || option.Type.Read(entry.Text).Value is not { } value)
            return null;
        var today = ClassicDrivers.Replaced(value);
        return CheckedConfig.Texts(new(option, value)).Any(name => ClassicDrivers.TypeOf(name) is not null) ? option.Type.Write(today) : null;
    }

    private MigratedOption RowOf(ConfigEntry entry, ConfigOption? option) =>
        new(entry.Section, entry.Name, entry.Location.Line, MigrationFate.Kept, option, $"{entry.Name} in [{entry.Section}]")
        {
            FormerDefault = option is null ? null : OptionText.FormerDefault(option, _release),
        };

    private MigratedOption OfNoOption(MigratedOption row, ConfigEntry entry)
    {
        var known = KnownOptions.Of(row.Section, _subnets);
        if (MisplacedOptions.IsMasquerade(entry, known))
            return _masquerade.OfSubnet(row, entry);
        if (FormerOption.Of(entry) is { } former)
            return row with { Fate = MigrationFate.WithoutEffect, Home = null, Remark = $"{former.Reason} {former.Instead}" };
        if (known?.Contains(row.Name) == true)
            return row with { Remark = "It has no effect: it is a subnet's, and subnets and local_subnet name none it could be of." };
        if (_misplaced.FirstOrDefault(meant => ReferenceEquals(meant.Value, entry)).Key is { } subnets)
            return row with
            {
                Fate = MigrationFate.Moved,
                Option = subnets,
                Home = $"{subnets.Name} in [{subnets.Group}]",
                Remark = $"No release read it in [{row.Section}]: it is a subnet's. In [{subnets.Group}] it is in force.",
            };
        if (known is not null && HomeOf(entry) is { } home)
            return row with
            {
                Fate = MigrationFate.WithoutEffect,
                Home = null,
                Remark = $"No release read it in [{row.Section}]: it belongs in [{home.Group}]{(_winners.ContainsKey(home) || _misplaced.ContainsKey(home) ? ", which sets it" : "")}.",
            };
        var nearest = known is { } names ? NearestName.Of(row.Name, names) : null;
        return row with
        {
            Fate = MigrationFate.Unknown,
            Home = null,
            Remark = nearest is null ? "No release has this option here." : $"No release has this option here. Did you mean {nearest}?",
        };
    }

    private ConfigOption? HomeOf(ConfigEntry entry) => _options.FirstOrDefault(option =>
        (option.Name == entry.Name || option.DeprecatedNames.Contains(entry.Name))
        && (option.Group is OsloConfigFile.DefaultSection or KnownOptions.AuthSection || option.Group == (_subnets.Local ?? _subnets.Names.FirstOrDefault())));

    private static void Apply(MigratedLines edit, MigratedOption row, ConfigEntry entry)
    {
        switch (row.Fate)
        {
            case MigrationFate.Kept when TodaysValue(row, entry) is { } value:
                edit.SetValue(entry, value);
                break;
            case MigrationFate.Renamed:
                edit.Rename(entry, row.Option?.Name ?? SubnetOptions.Masquerade.Name);
                break;
            case MigrationFate.Moved when row.Option!.Name == AddressOptions.MasqueradeNetwork.Name:
                edit.Replace(entry, MasqueradeMigration.Section(row), $"{SubnetOptions.Masquerade.Name} = true");
                break;
            case MigrationFate.Moved:
                edit.Move(entry, row.Option!.Group, row.Option.Name);
                break;
            case MigrationFate.Unknown:
                edit.CommentOut(entry, $"Unknown: {row.Remark}");
                break;
            case MigrationFate.WithoutEffect:
                edit.CommentOut(entry, $"No effect: {row.Remark}");
                break;
            case MigrationFate.Overridden:
                // The line numbers of the old file have no meaning in the new one.
                edit.CommentOut(entry, "No effect: it was set by another line, which won over this one.");
                break;
        }
    }

    private ImmutableArray<MigratedOption> ChangedDefaults() => _isMigrated ? [] :
    [
        .. from option in _options
           where option.Effect != OptionEffect.None && !_winners.ContainsKey(option) && option.Name != AddressOptions.MasqueradeNetwork.Name
           let former = OptionText.FormerDefault(option, _release)
           where former is not null && !(ClassicDrivers.IsNamedIn(option) && ClassicDrivers.Replaced(former.Default).Equals(option.Default))
           select new MigratedOption(option.Group, option.Name, null, MigrationFate.DefaultChanged, option, null) { FormerDefault = former },
        .. _masquerade.ChangedDefault(_release),
    ];

    private bool IsKnown(string section) => KnownOptions.Of(section, _subnets) is not null;
}
