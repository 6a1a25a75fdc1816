namespace Undercloud.Deploy.Manifests;

/// <summary>Objects that are created in the cloud's services once these answer. A service that the catalogue does not have is skipped.</summary>
public sealed record CloudResources
{
    public IReadOnlyList<CloudNetwork> Networks { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudFlavor> Flavors { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudKeyPair> KeyPairs { get; init => field = value ?? []; } = [];

    /// <summary>The quotas of the administrator's project.</summary>
    public IReadOnlyList<CloudQuota> Quotas { get; init => field = value ?? []; } = [];

    /// <summary>Whether there is nothing to create.</summary>
    public bool IsEmpty() => this is { Networks.Count: 0, Flavors.Count: 0, KeyPairs.Count: 0, Quotas.Count: 0 };
}

/// <summary>A flat network at Neutron.</summary>
/// <param name="Name">Its name, e.g. ctlplane.</param>
/// <param name="PhysicalNetwork">The physical network that its local segment is on.</param>
/// <param name="Mtu">Its MTU in bytes.</param>
public sealed record CloudNetwork(string Name, string PhysicalNetwork, int Mtu)
{
    /// <summary>Whether every subnet has its own segment; the physical networks of all except the local one then have the subnets' names.</summary>
    public bool Routed { get; init; }

    /// <summary>The local subnet first.</summary>
    public IReadOnlyList<CloudSubnet> Subnets { get; init => field = value ?? []; } = [];
}

/// <summary>A subnet with DHCP.</summary>
/// <param name="Name">Its name, which is also its segment's.</param>
/// <param name="Cidr">Its network, which identifies it.</param>
/// <param name="Gateway">Its router's address; null for none.</param>
public sealed record CloudSubnet(string Name, string Cidr, string? Gateway)
{
    /// <summary>Whether the undercloud itself is in this subnet.</summary>
    public bool Local { get; init; }

    /// <summary>How nodes get their IPv6 addresses, e.g. dhcpv6-stateless; null in IPv4.</summary>
    public string? Ipv6AddressMode { get; init; }

    public IReadOnlyList<AddressPool> AllocationPools { get; init => field = value ?? []; } = [];

    public IReadOnlyList<HostRoute> HostRoutes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> DnsNameservers { get; init => field = value ?? []; } = [];
}

/// <summary>A range of addresses for ports: the first and the last one.</summary>
public sealed record AddressPool(string Start, string End);

/// <summary>A route that a subnet's hosts get.</summary>
public sealed record HostRoute(string Destination, string Nexthop);

/// <summary>A flavor at Nova. Only its extra specs can be changed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ram">Memory in MiB.</param>
/// <param name="Vcpus">Processors.</param>
/// <param name="Disk">Disk in GiB.</param>
public sealed record CloudFlavor(string Name, int Ram, int Vcpus, int Disk)
{
    public IReadOnlyDictionary<string, string> ExtraSpecs { get; init => field = value ?? None; } = None;

    /// <summary>Extra specs of earlier releases: each is removed where it still has this value.</summary>
    public IReadOnlyDictionary<string, string> ObsoleteExtraSpecs { get; init => field = value ?? None; } = None;

    private static SortedDictionary<string, string> None => [];
}

/// <summary>A key pair of the administrator at Nova.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyFile">The private key's file, which is generated when it is missing; the public key is beside it.</param>
public sealed record CloudKeyPair(string Name, string KeyFile);

/// <summary>A quota of the administrator's project.</summary>
/// <param name="Service">The service's type in the catalogue: network or compute.</param>
/// <param name="Name">The service's name of the quota.</param>
/// <param name="Limit">The limit; -1 for none.</param>
public sealed record CloudQuota(string Service, string Name, int Limit);
