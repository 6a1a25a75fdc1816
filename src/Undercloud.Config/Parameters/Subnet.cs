using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>One of the networks in which nodes are inspected and provisioned, from its section.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="IsLocal">Whether local_ip is in it.</param>
/// <param name="Cidr">The network as written.</param>
/// <param name="Network">The network.</param>
/// <param name="Gateway">Its router's address.</param>
/// <param name="InspectionRange">The first and the last address for nodes under inspection, separated by a comma; null when not set.</param>
public sealed record Subnet(string Name, bool IsLocal, string Cidr, AddressWithPrefix Network, string Gateway, string? InspectionRange)
{
    /// <summary>The first addresses of the ranges of DHCP.</summary>
    public ImmutableArray<string> DhcpStart { get; init; } = [];

    /// <summary>The last addresses of the ranges of DHCP.</summary>
    public ImmutableArray<string> DhcpEnd { get; init; } = [];

    /// <summary>Addresses, and ranges with a hyphen, that DHCP does not assign.</summary>
    public ImmutableArray<string> DhcpExclude { get; init; } = [];

    public bool Masquerade { get; init; }

    /// <summary>Maps of destination and nexthop.</summary>
    public ListValue HostRoutes { get; init; } = ListValue.Empty;

    public ListValue DnsNameservers { get; init; } = ListValue.Empty;

    /// <summary>The subnet of a section; null when it has no network or no gateway.</summary>
    public static Subnet? TryRead(UndercloudConfig config, string name)
    {
        var settings = config.Settings.Where(setting => setting.Option.Group == name).ToArray();
        var values = settings.ToDictionary(setting => setting.Option.Name, setting => setting.Value);
        string? Text(ConfigOption option) => (values[option.Name] as StringValue)?.Text;
        ImmutableArray<string> Texts(ConfigOption option) =>
            [.. ((ListValue)values[option.Name]).Items.Select(item => ((StringValue)item).Text)];
        if (Text(SubnetOptions.Cidr) is not { } cidr || Text(SubnetOptions.Gateway) is not { } gateway
            || !AddressWithPrefix.TryParse(cidr, out var network))
        {
            return null;
        }

        // The defaults belong to the default network.
        ImmutableArray<string> Ends(ConfigOption option) =>
            settings.First(setting => setting.Option.Name == option.Name).IsDefault
                && !Texts(option).All(text => AddressWithPrefix.TryParseAddress(text, out var end) && network.IsInNetwork(end))
                ? []
                : Texts(option);

        return new(name, name == config.Sections.Local, cidr, network, gateway, Text(SubnetOptions.InspectionIprange))
        {
            DhcpStart = Ends(SubnetOptions.DhcpStart),
            DhcpEnd = Ends(SubnetOptions.DhcpEnd),
            DhcpExclude = Texts(SubnetOptions.DhcpExclude),
            Masquerade = values[SubnetOptions.Masquerade.Name] is BooleanValue { Flag: true }
                || config.TextOrNull(AddressOptions.MasqueradeNetwork) == cidr,
            HostRoutes = (ListValue)values[SubnetOptions.HostRoutes.Name],
            DnsNameservers = (ListValue)values[SubnetOptions.DnsNameservers.Name],
        };
    }
}
