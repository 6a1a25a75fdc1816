using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// Computes the parameters and environment files from undercloud.conf: those that python-tripleoclient passes to tripleo-heat-templates, and
/// those of the tool's own templates.
/// </summary>
public static class ConfigParameters
{
    /// <summary>
    /// The input that python-tripleoclient of a release passes to the templates of that release. There are two forms: that of queens (and pike),
    /// and that of train, which all other releases use.
    /// </summary>
    /// <param name="config">A configuration read without errors.</param>
    /// <param name="surroundings">The host's facts.</param>
    /// <param name="release">The release of the templates.</param>
    public static TemplateInput For(UndercloudConfig config, Surroundings surroundings, ConfigRelease release) =>
        (release & (ConfigRelease.Queens | ConfigRelease.Instack)) != 0
            ? QueensDeployment.Of(config, surroundings)
            : TrainDeployment.Of(config, surroundings);

    /// <summary>
    /// The input of the templates that undercloud.conf names. The tool's own templates use train's names whatever releases' defaults apply;
    /// other templates are treated as those of the defaults' release. Parameters that only the tool's own templates have are passed to both.
    /// </summary>
    public static TemplateInput Of(UndercloudConfig config, Surroundings surroundings)
    {
        var release = config.Templates is null ? ConfigRelease.Train : config.Compatibility;
        var input = For((release & (ConfigRelease.Queens | ConfigRelease.Instack)) != 0 ? config : ClassicDrivers.Replaced(config), surroundings, release);
        return input with
        {
            // Options that were added after train.
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

    // Without TLS, train's endpoint map uses the control plane's address for every host's name.
    private static IEnumerable<KeyValuePair<string, Value>> WithoutTls(UndercloudConfig config) =>
        config.HasTls ? []
        : [.. new[] { AddressOptions.PublicHost, AddressOptions.AdminHost }.SelectMany(option => option.Parameters)
            .Select(parameter => KeyValuePair.Create(parameter.Name, (Value)config.LocalIp.Address.ToString()))];

    /// <summary>
    /// The parameters that each depend on the value of one option only; <see cref="ConfigRelease.None"/> for the tool's own. Those of
    /// [auth] come from the password file.
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
