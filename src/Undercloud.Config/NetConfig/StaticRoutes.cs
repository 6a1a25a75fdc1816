using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The routes of the undercloud itself into the networks of its nodes.</summary>
public static class StaticRoutes
{
    /// <summary>
    /// A route to each remote subnet through the local one's gateway, then the local subnet's host_routes
    /// (source: ControlPlaneStaticRoutes of python-tripleoclient).
    /// </summary>
    public static ListValue Of(UndercloudConfig config)
    {
        var local = ((StringValue)config[AddressOptions.LocalSubnet].Value).Text;
        var subnets = ((ListValue)config[AddressOptions.Subnets].Value).Items.Select(name => ((StringValue)name).Text)
            .DistinctBy(name => name.ToLowerInvariant())
            .ToList();
        var gateway = Of(config, local, SubnetOptions.Gateway);
        var remote = subnets.Where(name => !OsloConfigFile.IsSameSection(name, local)).Select(name => Route(Of(config, name, SubnetOptions.Cidr), gateway));
        var routes = (Of(config, local, SubnetOptions.HostRoutes) as ListValue ?? ListValue.Empty).Items.OfType<MapValue>()
            .Select(route => Route(route["destination"] ?? Value.Null, route["nexthop"] ?? Value.Null));
        return new([.. remote, .. routes]);
    }

    private static Value Route(Value destination, Value hop) => new MapValue([new("ip_netmask", destination), new("next_hop", hop)]);

    private static Value Of(UndercloudConfig config, string subnet, ConfigOption option) =>
        config.Settings.FirstOrDefault(setting => setting.Option.Name == option.Name && OsloConfigFile.IsSameSection(setting.Option.Group, subnet))?.Value
        ?? Value.Null;
}
