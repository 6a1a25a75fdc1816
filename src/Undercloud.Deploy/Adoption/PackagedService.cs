using System.Collections.Immutable;

namespace Undercloud.Deploy.Adoption;

/// <summary>A service as Debian packages it: its units and files, and what it becomes.</summary>
/// <param name="Name">The service's name, e.g. keystone.</param>
/// <param name="Title">For people, e.g. Keystone.</param>
/// <param name="Units">Names of units without suffix; a trailing * stands for any end.</param>
/// <param name="Packages">Names of packages; a trailing * stands for any end.</param>
/// <param name="Files">Files and directories with its configuration and keys.</param>
/// <param name="Becomes">Its containers, e.g. nova_*.</param>
public sealed record PackagedService(string Name, string Title, ImmutableArray<string> Units, ImmutableArray<string> Packages, ImmutableArray<string> Files, string Becomes)
{
    /// <summary>
    /// All services, in the order in which they are stopped: the APIs before what they use. Names are those of Debian 11 to 13; mysql, epmd and the like are names by
    /// which another unit starts the same server.
    /// </summary>
    public static ImmutableArray<PackagedService> All { get; } =
    [
        Named("heat", "Heat", "heat_*", "/etc/heat/heat.conf"),
        Named("swift", "Swift", "swift_*", "/etc/swift"),
        Named("ironic-inspector", "Ironic Inspector", "ironic_inspector*", "/etc/ironic-inspector/inspector.conf"),
        Named("ironic", "Ironic", "ironic_*", "/etc/ironic/ironic.conf"),
        new("tftp", "TFTP", ["tftpd-hpa"], ["tftpd-hpa"], ["/etc/default/tftpd-hpa"], "ironic_pxe_tftp"),
        Named("nova", "Nova", "nova_*", "/etc/nova/nova.conf"),
        Named("neutron", "Neutron", "neutron_*", "/etc/neutron/neutron.conf", "/etc/neutron/metadata_agent.ini", "/etc/neutron/plugins/ml2"),
        Named("placement", "Placement", "placement_api", "/etc/placement/placement.conf"),
        Named("glance", "Glance", "glance_api", "/etc/glance/glance-api.conf"),
        Named("keystone", "Keystone", "keystone", "/etc/keystone/keystone.conf", "/etc/keystone/fernet-keys", "/etc/keystone/credential-keys"),
        new("memcached", "memcached", ["memcached"], ["memcached"], [], "memcached"),
        new("rabbitmq", "RabbitMQ", ["rabbitmq-server", "epmd"], ["rabbitmq-server"], [], "rabbitmq"),
        new("mariadb", "MariaDB", ["mariadb*", "mysql"], ["mariadb-server*"], [], "mysql"),
    ];

    /// <summary>Whether a unit is this service's.</summary>
    /// <param name="unit">Its name with suffix, e.g. glance-api.service.</param>
    public bool HasUnit(string unit) =>
        unit.LastIndexOf('.') is var dot and > 0 && unit[dot..] is ".service" or ".socket" or ".timer" && Matches(Units, unit[..unit.LastIndexOf('.')]);

    /// <summary>Whether a package is this service's.</summary>
    public bool HasPackage(string package) => Matches(Packages, package);

    /// <summary>The service that a unit belongs to; null for none.</summary>
    public static PackagedService? OfUnit(string unit) => All.FirstOrDefault(service => service.HasUnit(unit));

    /// <summary>The service that a package belongs to; null for none.</summary>
    public static PackagedService? OfPackage(string package) => All.FirstOrDefault(service => service.HasPackage(package));

    private static PackagedService Named(string name, string title, string becomes, params ReadOnlySpan<string> files) =>
        new(name, title, [name, $"{name}-*"], [name, $"{name}-*"], [.. files], becomes);

    private static bool Matches(ImmutableArray<string> patterns, string name) =>
        patterns.Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);
}
