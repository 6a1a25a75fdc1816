using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A subnet as the checks see it. A value that is not set, or could not be read, is null or empty.</summary>
internal sealed record CheckedSubnet(string Name, bool IsLocal)
{
    public Setting? Cidr { get; init; }

    public AddressWithPrefix? Network { get; init; }

    public Setting? GatewaySetting { get; init; }

    public IPAddress? Gateway { get; init; }

    /// <summary>Null when dhcp_start and dhcp_end do not apply, and the whole subnet is used.</summary>
    public Setting? DhcpStart { get; init; }

    public Setting? DhcpEnd { get; init; }

    public ImmutableArray<IPAddress> Starts { get; init; } = [];

    public ImmutableArray<IPAddress> Ends { get; init; } = [];

    public Setting? InspectionSetting { get; init; }

    public AddressRange? Inspection { get; init; }

    public Setting? ExcludeSetting { get; init; }

    public ImmutableArray<AddressRange> Excluded { get; init; } = [];

    public Setting? RoutesSetting { get; init; }

    public ImmutableArray<CheckedRoute> Routes { get; init; } = [];

    public Setting? NameserversSetting { get; init; }

    public ImmutableArray<IPAddress> Nameservers { get; init; } = [];

    public Setting? Masquerade { get; init; }

    /// <summary>Whether every address option of the subnet could be read.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The pairs of dhcp_start and dhcp_end that are ranges.</summary>
    public ImmutableArray<AddressRange> DhcpRanges =>
        Starts.Length != Ends.Length ? []
        : [.. Starts.Zip(Ends).Where(pair => pair.First.AddressFamily == pair.Second.AddressFamily)
            .Select(pair => AddressRange.Of(pair.First, pair.Second)).Where(range => range.First <= range.Last)];

    /// <summary>An option's name for messages: "gateway of [leaf1]".</summary>
    public string Named(Setting setting) => $"{setting.Option.Name} of [{Name}]";

    public static CheckedSubnet Of(string name, bool isLocal, CheckedConfig config)
    {
        Setting? Find(ConfigOption option) => config.Find(name, option.Name);
        var cidr = Find(SubnetOptions.Cidr);
        var (start, end) = Dhcp(cidr, Find(SubnetOptions.DhcpStart), Find(SubnetOptions.DhcpEnd));
        var network = cidr?.Value is StringValue text && AddressWithPrefix.TryParse(text.Text, out var read) ? read : null;
        var inspection = Find(SubnetOptions.InspectionIprange);
        if (config.HasNoInspection || (inspection is { IsDefault: true } && config.HasStatelessInspection(network)))
            inspection = null;
        var routes = Find(SubnetOptions.HostRoutes);
        return new(name, isLocal)
        {
            Cidr = cidr,
            Network = network,
            GatewaySetting = Find(SubnetOptions.Gateway),
            Gateway = Addresses(Find(SubnetOptions.Gateway)).FirstOrDefault(),
            DhcpStart = start,
            DhcpEnd = end,
            Starts = Addresses(start),
            Ends = Addresses(end),
            InspectionSetting = inspection,
            Inspection = inspection?.Value is StringValue range && AddressRange.TryParse(range.Text, ',', out var parsed) ? parsed : null,
            ExcludeSetting = Find(SubnetOptions.DhcpExclude),
            Excluded = [.. CheckedConfig.Texts(Find(SubnetOptions.DhcpExclude)).Select(Excluding).OfType<AddressRange>()],
            RoutesSetting = routes,
            Routes = routes?.Value is ListValue list
                ? [.. list.Items.OfType<MapValue>().Select(CheckedRoute.Of).OfType<CheckedRoute>()]
                : [],
            NameserversSetting = Find(SubnetOptions.DnsNameservers),
            Nameservers = Addresses(Find(SubnetOptions.DnsNameservers)),
            Masquerade = Find(SubnetOptions.Masquerade),
            IsComplete = SubnetOptions.All.All(option => Find(option) is not null),
        };
    }

    // python-tripleoclient since stein: the defaults apply only to the default network; another network is used as a whole.
    private static (Setting? Start, Setting? End) Dhcp(Setting? cidr, Setting? start, Setting? end) =>
        cidr is not null && !cidr.Value.Equals(SubnetOptions.Cidr.Default)
            && start is not null && start.Value.Equals(SubnetOptions.DhcpStart.Default)
            && end is not null && end.Value.Equals(SubnetOptions.DhcpEnd.Default)
            ? (null, null)
            : (start, end);

    private static ImmutableArray<IPAddress> Addresses(Setting? setting) => CheckedConfig.Addresses(setting);

    private static AddressRange? Excluding(string text) => AddressRange.TryParse(text, '-', out var range) ? range : null;
}
