namespace Undercloud.Deploy.Manifests;

/// <summary>A node's bridges, its interfaces, and the addresses they carry.</summary>
public sealed record NetworkManifest
{
    /// <summary>Made before the interfaces: these may be bridges.</summary>
    public IReadOnlyList<BridgeEntry> Bridges { get; init => field = value ?? []; } = [];

    public IReadOnlyList<InterfaceEntry> Interfaces { get; init => field = value ?? []; } = [];

    /// <summary>The node's own nameservers; none leaves those it has.</summary>
    public IReadOnlyList<string> Nameservers { get; init => field = value ?? []; } = [];

    /// <summary>An interface that may become a bridge's port though the node is reached through it.</summary>
    public string? Consented { get; init; }

    /// <summary>Settings of the kernel, by name, e.g. net.ipv4.ip_forward.</summary>
    public IReadOnlyDictionary<string, string> KernelSettings { get; init => field = value ?? Empty; } = Empty;

    private static SortedDictionary<string, string> Empty => new(StringComparer.Ordinal);
}

/// <summary>An existing interface, or one of the bridges, brought up with our addresses on it; addresses of others on it stay.</summary>
/// <param name="Name">e.g. eth1.</param>
/// <param name="Addresses">With prefix length, e.g. 192.168.24.1/24.</param>
/// <param name="Mtu">In bytes; null leaves it.</param>
public sealed record InterfaceEntry(string Name, IReadOnlyList<string> Addresses, int? Mtu = null)
{
    public IReadOnlyList<RouteEntry> Routes { get; init => field = value ?? []; } = [];
}

/// <summary>A static route.</summary>
/// <param name="Destination">A network; 0.0.0.0/0 is the default route.</param>
/// <param name="Via">The router's address.</param>
public sealed record RouteEntry(string Destination, string Via);

/// <summary>A bridge of Open vSwitch with existing interfaces as ports; ports of others stay.</summary>
/// <param name="Name">e.g. br-ctlplane.</param>
/// <param name="Ports">Interfaces; the bridge takes the first one's hardware address.</param>
/// <param name="Datapath">system (the kernel's) or netdev (in user space), for a bridge that is not there yet.</param>
/// <param name="FailMode">standalone or secure, for a bridge that is not there yet: Neutron's agent changes it later.</param>
public sealed record BridgeEntry(string Name, IReadOnlyList<string> Ports, string? Datapath = null, string? FailMode = null);
