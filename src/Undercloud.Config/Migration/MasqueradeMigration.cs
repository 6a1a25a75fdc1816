using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// Migrates masquerade_network, which names a network; now each subnet has an option of its own. instack-undercloud masqueraded a network
/// even when the option was not set.
/// </summary>
internal sealed class MasqueradeMigration
{
    private readonly ImmutableArray<Setting> _settings;
    private readonly ConfigOption? _subnet;
    private readonly bool _isSet;
    private readonly bool _isOn;
    private readonly bool _isWritten;
    private readonly bool _isRead;
    private readonly bool _isDefaultNetwork;

    private MasqueradeMigration(OsloConfigFile file, ImmutableArray<Setting> settings, SubnetSections subnets)
    {
        _settings = settings;
        var option = AddressOptions.MasqueradeNetwork;
        var network = settings.First(setting => setting.Option.Name == option.Name);
        _isWritten = !file.All(option.Group, option.Name).IsEmpty;
        _isRead = !network.IsDefault;
        var value = _isWritten ? network.Value : option.FormerDefaults[0].Default;
        var cidr = settings.FirstOrDefault(setting => setting.Option.Name == SubnetOptions.Cidr.Name && setting.Value == value);
        var masquerade = settings.FirstOrDefault(setting =>
            setting.Option.Name == SubnetOptions.Masquerade.Name && setting.Option.Group == cidr?.Option.Group);
        _subnet = masquerade?.Option;
        _isSet = masquerade is { IsDefault: false };
        _isOn = masquerade?.Value == true;
        _isDefaultNetwork = cidr is not null && cidr.Option.Group == subnets.Local;
    }

    /// <summary>The migration of a file, given the options of the local subnet that move there from [DEFAULT].</summary>
    public static MasqueradeMigration Of(
        OsloConfigFile file, ImmutableArray<ConfigOption> options, SubnetSections subnets, IReadOnlyDictionary<ConfigOption, ConfigEntry> misplaced) =>
        new(file,
            [
                .. OptionResolver.Resolve(file, options, "/", new DiagnosticBag()).Settings.Select(setting =>
                    misplaced.GetValueOrDefault(setting.Option) is { } entry && setting.Option.Type.Read(entry.Text).Value is { } value
                        ? new Setting(setting.Option, value, entry.Location)
                        : setting),
            ],
            subnets);

    /// <summary>The section to which a row is moved.</summary>
    public static string Section(MigratedOption row) => row.Home!.Split('[')[1].TrimEnd(']');

    /// <summary>The migration of masquerade_network in its own section.</summary>
    public MigratedOption Row(MigratedOption row, ConfigEntry entry)
    {
        if (entry.Text.Length == 0)
            return row with { Fate = MigrationFate.WithoutEffect, Home = null, Remark = "No network is masqueraded unless its subnet says so." };
        if (!_isRead)
            return row with { Remark = "Its value is not a network." };
        if (_subnet is null)
            return row with { Remark = $"No subnet has this network as its {SubnetOptions.Cidr.Name}. {AddressOptions.MasqueradeNetwork.ReplacedBy} says it today." };
        if (!_isSet)
            return row with { Fate = MigrationFate.Moved, Home = $"{_subnet.Name} = true in [{_subnet.Group}]" };
        return _isOn
            ? row with { Fate = MigrationFate.WithoutEffect, Home = null, Remark = $"{_subnet.Name} = true in [{_subnet.Group}] says the same." }
            : row with { Remark = $"It contradicts {_subnet.Name} = false in [{_subnet.Group}]." };
    }

    /// <summary>
    /// The migration of masquerade_network in a subnet's section, which no release read: where it matches the value in force it gets the correct
    /// name; otherwise a rename would change the file's effect.
    /// </summary>
    public MigratedOption OfSubnet(MigratedOption row, ConfigEntry entry)
    {
        var option = SubnetOptions.Masquerade;
        var setting = _settings.FirstOrDefault(one => one.Option.Name == option.Name && OsloConfigFile.IsSameSection(one.Option.Group, entry.Section));
        var wanted = MisplacedOptions.Masquerades(entry);
        return setting is { IsDefault: true, Value: BooleanValue { Flag: false } } && wanted == false
            ? row with { Fate = MigrationFate.Renamed, Home = $"{option.Name} in [{entry.Section}]" }
            : row with
            {
                Fate = MigrationFate.WithoutEffect,
                Home = null,
                Remark = $"No release read it in a subnet's section. {option.Name} = true has the subnet's nodes masqueraded.",
            };
    }

    /// <summary>The former default, which was on, where neither option is set.</summary>
    public ImmutableArray<MigratedOption> ChangedDefault(ConfigRelease release) =>
        (release & ConfigRelease.Instack) == 0 || _isWritten || _isSet || !_isDefaultNetwork || _subnet is null ? [] :
        [
            new(_subnet.Group, _subnet.Name, null, MigrationFate.DefaultChanged, _subnet, null, AddressOptions.MasqueradeNetwork.Note)
            {
                FormerDefault = new(ConfigRelease.Instack, true),
            },
        ];
}
