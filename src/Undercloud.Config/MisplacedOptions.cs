using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Assignments in a section that no release read them in (oslo.config passes over them).</summary>
internal sealed class MisplacedOptions
{
    private readonly ImmutableArray<Setting> _settings;
    private readonly SubnetSections _subnets;

    public MisplacedOptions(ImmutableArray<Setting> settings, SubnetSections subnets) => (_settings, _subnets) = (settings, subnets);

    /// <summary>The setting that an assignment would be of in the right section, or null; the local subnet's for an option of subnets.</summary>
    public Setting? HomeOf(ConfigEntry entry) => _settings.FirstOrDefault(setting =>
        (setting.Option.Name == entry.Name || setting.Option.DeprecatedNames.Contains(entry.Name))
        && !OsloConfigFile.IsSameSection(setting.Option.Group, entry.Section)
        && (setting.Option.Group is OsloConfigFile.DefaultSection or KnownOptions.AuthSection || setting.Option.Group == _subnets.Local));

    /// <summary>Whether what it says is in force anyway.</summary>
    public bool IsInForce(ConfigEntry entry) => HomeOf(entry) is { } home && ValueOf(entry, home.Option) is { } value && value.Equals(home.Value);

    /// <summary>
    /// The settings as they were meant: where the local subnet leaves an option out that stands in [DEFAULT], with that value. Checks look
    /// at these, as all that follows from the wrong place has one finding.
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

    /// <summary>What masquerade_network in a subnet's section was meant to say of masquerade; null when that is not to be told.</summary>
    public static bool? Masquerades(ConfigEntry entry) => OptionTypes.Boolean.Read(entry.Text).Value is BooleanValue flag ? flag.Flag
        : NetworkTypes.Network.Read(entry.Text).Value is not null ? true
        : null;

    /// <summary>Whether an assignment is masquerade_network in a subnet's section, where the help of python-tripleoclient had it and no release read it.</summary>
    public static bool IsMasquerade(ConfigEntry entry, ImmutableArray<string>? known) =>
        known == KnownOptions.Subnet && entry.Name == AddressOptions.MasqueradeNetwork.Name;

    private static Value? ValueOf(ConfigEntry entry, ConfigOption option) => option.Type.Read(entry.Text).Value;
}
