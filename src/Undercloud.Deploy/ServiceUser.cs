using System.Collections.Immutable;

namespace Undercloud.Deploy;

/// <summary>
/// A service's user with its fixed number, the same in every image, on every host and in every release: state on disk keeps its
/// owner when an image changes. The numbers are Kolla's, which TripleO's containers use as well.
/// </summary>
/// <param name="Name">User and group name, as in the Debian package.</param>
/// <param name="Id">User and group number.</param>
/// <param name="Home">Home directory, as in the Debian package.</param>
public sealed record ServiceUser(string Name, int Id, string Home)
{
    /// <summary>Every service user. The base image creates them all before the first package is installed.</summary>
    public static ImmutableArray<ServiceUser> All { get; } =
    [
        new("glance", 42415, "/var/lib/glance"),
        new("heat", 42418, "/var/lib/heat"),
        new("ironic", 42422, "/var/lib/ironic"),
        new("keystone", 42425, "/var/lib/keystone"),
        new("mysql", 42434, "/var/lib/mysql"),
        new("neutron", 42435, "/var/lib/neutron"),
        new("nova", 42436, "/var/lib/nova"),
        new("rabbitmq", 42439, "/var/lib/rabbitmq"),
        new("swift", 42445, "/var/lib/swift"),
        new("haproxy", 42454, "/var/lib/haproxy"),
        new("memcache", 42457, "/var/lib/memcache"),
        new("ironic-inspector", 42461, "/var/lib/ironic-inspector"),
        new("placement", 42482, "/var/lib/placement"),
    ];

    /// <summary>The number of a user or group: root is 0; null for a name that is not in the table.</summary>
    public static int? IdOf(string name) => name == "root" ? 0 : All.FirstOrDefault(user => user.Name == name)?.Id;
}
