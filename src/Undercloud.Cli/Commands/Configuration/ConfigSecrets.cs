using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary>The secrets in undercloud.conf.</summary>
internal static class ConfigSecrets
{
    /// <summary>A mask for the values of secret options, including references to them in other options.</summary>
    public static ValueMask MaskOf(UndercloudConfig config) =>
        new(config.Settings.Where(setting => setting.Option.IsSecret).Select(setting => setting.Value).OfType<StringValue>().Select(value => value.Text));
}
