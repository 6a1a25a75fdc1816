using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The tags of net_config_override's file.</summary>
public static class NetConfigTags
{
    /// <summary>
    /// Each tag with its replacement. As in python-tripleoclient, LOCAL_IP has its prefix length, and PUBLIC_INTERFACE_IP is
    /// undercloud_public_host with TLS. Without TLS every endpoint is at local_ip, so PUBLIC_INTERFACE_IP is local_ip with its prefix length, as in
    /// instack-undercloud.
    /// </summary>
    public static MapValue Of(UndercloudConfig config) => new(
    [
        new("LOCAL_INTERFACE", config.LocalInterface),
        new("LOCAL_IP", config.LocalIp.ToString()),
        new("LOCAL_MTU", config.LocalMtu),
        new("PUBLIC_INTERFACE_IP", config.HasTls ? config.PublicHost : config.LocalIp.ToString()),
        new("UNDERCLOUD_NAMESERVERS", config[AddressOptions.Nameservers].Value),
        new("SUBNETS_STATIC_ROUTES", NetworkParameters.StaticRoutes(config)),
    ]);
}
