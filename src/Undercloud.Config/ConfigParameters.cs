using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The parameters of the templates that undercloud.conf leads to; the option table says which.</summary>
public static class ConfigParameters
{
    /// <summary>
    /// The entries of parameter_defaults, in the table's order: of the options that have an effect. An option without a value sets
    /// none, except that <paramref name="hostName"/> stands for an unset undercloud_hostname.
    /// </summary>
    /// <param name="config">A configuration read without errors.</param>
    /// <param name="hostName">The host's own fully qualified name.</param>
    public static MapValue ToParameterDefaults(UndercloudConfig config, string hostName) =>
        new(from setting in config.Settings
            let value = setting.Value is NullValue && setting.Option.Name == UndercloudOptions.Hostname.Name ? hostName : setting.Value
            where setting.Option.Effect == OptionEffect.Applied && value is not NullValue
            from parameter in setting.Option.Parameters
            select KeyValuePair.Create(parameter.Name, parameter.From(value)));
}
