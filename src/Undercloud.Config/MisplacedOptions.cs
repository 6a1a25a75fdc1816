using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Assignments in a section in which no release read them (oslo.config ignores them).</summary>
internal sealed class MisplacedOptions
{
    private readonly ImmutableArray<Setting> _settings;
    private readonly SubnetSections _subnets;

    public MisplacedOptions(ImmutableArray<Setting> settings, SubnetSections subnets) => (_settings, _subnets) = (settings, subnets);

    /// <summary>The setting of the assignment's option in the right section, or null; the local subnet's for an option of subnets.</summary>
    public Setting? HomeOf(ConfigEntry entry) => _settings.FirstOrDefault(setting =>
        (setting.Option.Name == entry.Name || setting.Option.DeprecatedNames.Contains(entry.Name))
        && !OsloConfigFile.IsSameSection(setting.Option.Group, entry.Section)
        && (setting.Option.Group is OsloConfigFile.DefaultSection or KnownOptions.AuthSection || setting.Option.Group == _subnets.Local));

    /// <summary>Whether its value is in force anyway.</summary>
    public bool IsInForce(ConfigEntry entry) => HomeOf(entry) is { } home && ValueOf(entry, home.Option) is { } value && value.Equals(home.Value);

    /// <summary>
    /// The settings as they were meant: where the local subnet does not set an option that is in [DEFAULT], with that value. The checks use
    /// these settings, since all consequences of the wrong section have one finding.
    /// </summary>
    public ImmutableArray<Setting> Meant(OsloConfigFile file)
    {
        var meant = _settings.ToBuilder();
        foreach (var entry in file.Entries.Where(entry => entry.Section == OsloConfigFile.DefaultSection && !KnownOptions.Default.Contains(entry.Name)))
        {
            if (HomeOf(entry) is { IsDefault: true } home && home.Option.Group == _subnets.Local && ValueOf(entry, home.Option) is { } value)
                meant[_settings.IndexOf(home)] = new(home.Option, value, entry.Location);
        }

        return meant.ToImmutable();
    }

    /// <summary>The value that masquerade_network in a subnet's section was meant to give masquerade; null when it cannot be determined.</summary>
    public static bool? Masquerades(ConfigEntry entry) => OptionTypes.Boolean.Read(entry.Text).Value is BooleanValue flag ? flag.Flag
        : NetworkTypes.Network.Read(entry.Text).Value is not null ? true
        : null;

    /// <summary>Whether an assignment is masquerade_network in a subnet's section, where the help of python-tripleoclient had it and no release read it.</summary>
    public static bool IsMasquerade(ConfigEntry entry, ImmutableArray<string>? known) =>
        known == KnownOptions.Subnet && entry.Name == AddressOptions.MasqueradeNetwork.Name;

    private static Value? ValueOf(ConfigEntry entry, ConfigOption option) => option.Type.Read(entry.Text).Value;
}
