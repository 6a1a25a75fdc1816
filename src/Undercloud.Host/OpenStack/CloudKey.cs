using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.OpenStack;

/// <summary>The tool's identifier of an object in the cloud. The object's id is no identifier: it differs after every installation.</summary>
/// <param name="Kind">At Keystone role, project, domain, user, domain-user, assignment, domain-assignment, region, service or endpoint; at Neutron network, subnet, segment, tag or router; at Nova flavor or key-pair.</param>
/// <param name="Name">The name, unique within the kind.</param>
internal readonly record struct CloudKey(string Kind, string Name)
{
    // MariaDB's collation makes Keystone's names case-insensitive.
    public static CloudKey Role(string name) => new("role", name.ToLowerInvariant());

    public static CloudKey Project(string name) => new("project", name.ToLowerInvariant());

    public static CloudKey User(string name) => new("user", name.ToLowerInvariant());

    public static CloudKey Domain(string name) => new("domain", name.ToLowerInvariant());

    public static CloudKey User(CloudUser user) => user.Domain is { } domain ? DomainUser(domain, user.Name) : User(user.Name);

    public static CloudKey DomainUser(string domain, string name) => new("domain-user", $"{domain}/{name}".ToLowerInvariant());

    public static CloudKey Assignment(CloudUser user, string role) => user.Domain is { } domain
        ? new("domain-assignment", $"{user.Name}/{domain}/{role}".ToLowerInvariant())
        : Assignment(user.Name, user.Project, role);

    public static CloudKey Region(string name) => new("region", name);

    public static CloudKey Assignment(string user, string project, string role) =>
        new("assignment", $"{user}/{project}/{role}".ToLowerInvariant());

    public static CloudKey Service(string type, string name) => new("service", $"{type}/{name}");

    public static CloudKey Endpoint(string type, string name, string side, string region) =>
        new("endpoint", $"{type}/{name}/{side}/{region}");

    public static CloudKey Network(string name) => new("network", name);

    // A subnet never changes its network; its name may change.
    public static CloudKey Subnet(string network, string cidr) => new("subnet", $"{network}/{cidr}");

    public static CloudKey Segment(string network, string physicalNetwork) => new("segment", $"{network}/{physicalNetwork}");

    public static CloudKey Tag(string network, string tag) => new("tag", $"{network}/{tag}");

    /// <summary>The router that advertises a subnet's prefix.</summary>
    public static CloudKey Router(string network, string cidr) => new("router", $"{network}/{cidr}");

    public static CloudKey Flavor(string name) => new("flavor", name);

    public static CloudKey KeyPair(string name) => new("key-pair", name);

    /// <summary>Keystone's name for this kind of object.</summary>
    public string Resource => Kind == "domain-user" ? "user" : Kind;

    /// <summary>The key in <c>owned.json</c>.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
