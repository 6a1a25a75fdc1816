using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary>The secrets that undercloud.conf holds.</summary>
internal static class ConfigSecrets
{
    /// <summary>Hides the values of secret options, also where others refer to them.</summary>
    public static ValueMask MaskOf(UndercloudConfig config) =>
        new(config.Settings.Where(setting => setting.Option.IsSecret).Select(setting => setting.Value).OfType<StringValue>().Select(value => value.Text));
}
