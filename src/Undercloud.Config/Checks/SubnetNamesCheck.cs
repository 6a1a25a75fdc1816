using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks that subnets lists each subnet once, that each has its section, and that local_subnet is one of them.</summary>
internal static class SubnetNamesCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config[AddressOptions.Subnets] is not { } subnets)
            return;
        Duplicates(subnets, diagnostics);
        if (config.LocalSubnet is null)
            UnknownLocal(config, diagnostics);
        else
            Sections(config, subnets, diagnostics);
    }

    private static void Sections(CheckedConfig config, Setting subnets, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets.Where(subnet => config.HeaderOf(subnet.Name) is null))
            MissingSection(subnet, subnets, diagnostics);
    }

    private static void Duplicates(Setting subnets, DiagnosticBag diagnostics)
    {
        var repeated = CheckedConfig.Texts(subnets).GroupBy(name => name.ToLowerInvariant()).Where(group => group.Skip(1).Any());
        foreach (var name in repeated)
            diagnostics.Error(subnets.Location, ConfigCodes.DuplicateSubnet, $"subnets names {name.First()} more than once.",
                "Name each subnet once.");
    }

    private static void MissingSection(CheckedSubnet subnet, Setting subnets, DiagnosticBag diagnostics)
    {
        if (!subnet.IsLocal)
            diagnostics.Error(subnets.Location, ConfigCodes.MissingSection,
                $"The subnet {subnet.Name} has no section.",
                $"Write a section [{subnet.Name}] with cidr, gateway and inspection_iprange, or take {subnet.Name} out of subnets.");
        else if (subnet.Name != KnownOptions.SubnetSection && subnet.Cidr is { IsDefault: true })
            diagnostics.Warning(subnets.Location, ConfigCodes.MissingSection,
                $"The local subnet {subnet.Name} has no section; every option of it has its default.",
                $"Write a section [{subnet.Name}], or correct the name.");
    }

    private static void UnknownLocal(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config[AddressOptions.LocalSubnet] is not { Value: StringValue { Text: var local } } setting)
            return;
        var names = config.Sections.Names;
        var place = setting.Location ?? config[AddressOptions.Subnets]?.Location;
        var nearest = NearestName.Of(local, names) ?? names.FirstOrDefault();
        diagnostics.Error(place, ConfigCodes.LocalSubnet,
            names.IsEmpty
                ? "subnets names no subnet, so there is none that local_ip is in."
                : $"local_subnet is {OneLine.Quote(local)}, which is none of the subnets"
                    + $"{(setting.IsDefault ? "; that is its default" : "")}.",
            nearest is null ? $"Set subnets = {local}." : $"Set local_subnet = {nearest}, or name {local} in subnets.");
    }
}
