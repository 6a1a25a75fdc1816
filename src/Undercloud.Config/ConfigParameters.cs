using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// The parameters and environment files that undercloud.conf leads to: those python-tripleoclient hands to tripleo-heat-templates, and
/// those of the tool's own templates.
/// </summary>
public static class ConfigParameters
{
    /// <summary>
    /// What python-tripleoclient of a release hands to the templates of that release. There are two forms: that of queens (and pike),
    /// and that of train, which all others come to.
    /// </summary>
    /// <param name="config">A configuration read without errors.</param>
    /// <param name="surroundings">The host's answers.</param>
    /// <param name="release">The release of the templates.</param>
    public static TemplateInput For(UndercloudConfig config, Surroundings surroundings, ConfigRelease release) =>
        (release & (ConfigRelease.Queens | ConfigRelease.Instack)) != 0
            ? QueensDeployment.Of(config, surroundings)
            : TrainDeployment.Of(config, surroundings);

    /// <summary>
    /// What the templates that undercloud.conf names are given. The tool's own share train's names whatever releases' defaults apply;
    /// others are taken to be of the release that the defaults are of. Those that only the tool's own have come to either.
    /// </summary>
    public static TemplateInput Of(UndercloudConfig config, Surroundings surroundings)
    {
        var release = config.Templates is null ? ConfigRelease.Train : config.Compatibility;
        var input = For((release & (ConfigRelease.Queens | ConfigRelease.Instack)) != 0 ? config : ClassicDrivers.Replaced(config), surroundings, release);
        return input with
        {
            // Options that came after train.
            Environments = [.. input.Environments, .. config.EnvironmentsOf(ServiceOptions.EnableSwift)],
            Parameters = new MapValue(
            [
                .. input.Parameters.Entries,
                .. UndercloudOptions.Hostname.Parameters.Select(name => KeyValuePair.Create(name.Name, name.From(surroundings.HostName))),
                .. Simple(config, ConfigRelease.None),
                .. WithoutTls(config),
            ]),
        };
    }

    // train's endpoint map without TLS has the control plane's address for every host's name.
    private static IEnumerable<KeyValuePair<string, Value>> WithoutTls(UndercloudConfig config) =>
        config.HasTls ? []
        : [.. new[] { AddressOptions.PublicHost, AddressOptions.AdminHost }.SelectMany(option => option.Parameters)
            .Select(parameter => KeyValuePair.Create(parameter.Name, (Value)config.LocalIp.Address.ToString()))];

    /// <summary>
    /// The parameters that are each made of one option's value alone; <see cref="ConfigRelease.None"/> for the tool's own. Those of
    /// [auth] are the password file's to give.
    /// </summary>
    internal static IEnumerable<KeyValuePair<string, Value>> Simple(UndercloudConfig config, ConfigRelease release) =>
        from setting in config.Settings
        where setting.Value is not NullValue && setting.Option.Group != KnownOptions.AuthSection
        from parameter in setting.Option.Parameters
        where release == ConfigRelease.None ? parameter.Releases == release : (parameter.Releases & release) != 0
        let value = parameter.From(setting.Value)
        where value is not NullValue
        select KeyValuePair.Create(parameter.Name, value);
}
