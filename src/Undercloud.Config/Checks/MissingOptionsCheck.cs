using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks that the section of a subnet other than the local one sets every option without a default.</summary>
internal static class MissingOptionsCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        // Without a known local subnet, the subnet with the defaults is unknown.
        if (config.LocalSubnet is null)
            return;
        foreach (var subnet in config.Subnets.Where(subnet => !subnet.IsLocal))
        {
            // A subnet without a section has a finding of its own.
            if (config.HeaderOf(subnet.Name) is not { } header)
                continue;
            string[] missing =
            [
                .. new[] { subnet.Cidr, subnet.GatewaySetting, subnet.InspectionSetting }
                    .OfType<Setting>().Where(setting => setting.Value is NullValue).Select(setting => setting.Option.Name),
            ];
            if (missing.Length > 0)
                diagnostics.Error(header, ConfigCodes.MissingOption, $"[{subnet.Name}] does not set {SubnetProposal.Listed(missing)}.",
                    Remedy(config, subnet, missing));
        }
    }

    private static string Remedy(CheckedConfig config, CheckedSubnet subnet, string[] missing) =>
        subnet.Network is { } network && SubnetProposal.Text(config, subnet, network, missing) is { } proposal
            ? $"Set {proposal}."
            : "Only the local subnet has defaults for them.";
}
