namespace Undercloud.Deploy.Manifests;

/// <summary>A node's bridges, its interfaces, and the addresses they carry.</summary>
public sealed record NetworkManifest
{
    /// <summary>Bridges and bonds. They are created before the interfaces are configured, since an interface may be a bridge.</summary>
    public IReadOnlyList<BridgeEntry> Bridges { get; init => field = value ?? []; } = [];

    /// <summary>Kernel VLANs, on other interfaces.</summary>
    public IReadOnlyList<VlanEntry> Vlans { get; init => field = value ?? []; } = [];

    public IReadOnlyList<InterfaceEntry> Interfaces { get; init => field = value ?? []; } = [];

    /// <summary>The node's own nameservers; empty to leave them alone.</summary>
    public IReadOnlyList<string> Nameservers { get; init => field = value ?? []; } = [];

    /// <summary>An interface that may become a bridge's port although the node is reached through it.</summary>
    public string? Consented { get; init; }

    /// <summary>Kernel settings, by name, e.g. net.ipv4.ip_forward.</summary>
    public IReadOnlyDictionary<string, string> KernelSettings { get; init => field = value ?? Empty; } = Empty;

    /// <summary>Whether the operator manages the network: what an earlier manifest created stays, and nothing is added.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>An Open vSwitch bridge that services need and the operator creates; null when there is none.</summary>
    public string? ExpectedBridge { get; init; }

    /// <summary>An address, without prefix length, at which services listen and which the operator sets; null when there is none.</summary>
    public string? ExpectedAddress { get; init; }

    private static SortedDictionary<string, string> Empty => new(StringComparer.Ordinal);
}

/// <summary>An existing interface, or one of the bridges, brought up with the tool's addresses on it; foreign addresses on it stay.</summary>
/// <param name="Name">e.g. eth1.</param>
/// <param name="Addresses">With prefix length, e.g. 192.168.24.1/24.</param>
/// <param name="Mtu">In bytes; null to leave it alone.</param>
public sealed record InterfaceEntry(string Name, IReadOnlyList<string> Addresses, int? Mtu = null)
{
    public IReadOnlyList<RouteEntry> Routes { get; init => field = value ?? []; } = [];
}

/// <summary>A static route.</summary>
/// <param name="Destination">A network; 0.0.0.0/0 is the default route.</param>
/// <param name="Via">The router's address.</param>
public sealed record RouteEntry(string Destination, string Via);

/// <summary>A bridge of Open vSwitch or of the kernel, or a bond, with its ports. Foreign ports stay.</summary>
/// <param name="Name">e.g. br-ctlplane.</param>
/// <param name="Ports">Interfaces; an Open vSwitch bridge takes the hardware address of the first one.</param>
/// <param name="Datapath">system (the kernel's) or netdev (in user space), for a new bridge.</param>
/// <param name="FailMode">standalone or secure, for a new bridge: Neutron's agent changes it later.</param>
public sealed record BridgeEntry(string Name, IReadOnlyList<string> Ports, string? Datapath = null, string? FailMode = null)
{
    /// <summary>A kernel bridge.</summary>
    public const string Linux = "linux_bridge";

    /// <summary>A kernel bond.</summary>
    public const string Bond = "linux_bond";

    /// <summary><see cref="Linux"/> or <see cref="Bond"/>; null for an Open vSwitch bridge.</summary>
    public string? Kind { get; init; }

    /// <summary>A bond's options as <c>ip link add</c> takes them, e.g. mode active-backup miimon 100.</summary>
    public IReadOnlyList<string> Options { get; init => field = value ?? []; } = [];

    /// <summary>Ports that are Open vSwitch bonds.</summary>
    public IReadOnlyList<OvsBondEntry> Bonds { get; init => field = value ?? []; } = [];

    /// <summary>Ports that Open vSwitch creates for a VLAN of the bridge, by the VLAN's number.</summary>
    public IReadOnlyList<OvsVlanEntry> Vlans { get; init => field = value ?? []; } = [];
}

/// <summary>An Open vSwitch bond, which is a port of its bridge.</summary>
/// <param name="Name">The port's name.</param>
/// <param name="Members">Its interfaces, two at least.</param>
/// <param name="Settings">Settings of the port, e.g. bond_mode=active-backup.</param>
public sealed record OvsBondEntry(string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Settings);

/// <summary>An internal port of Open vSwitch in one VLAN of a bridge.</summary>
public sealed record OvsVlanEntry(string Name, int Tag);

/// <summary>A kernel VLAN.</summary>
/// <param name="Name">e.g. vlan16.</param>
/// <param name="Device">The interface that carries the tagged packets.</param>
/// <param name="Id">Its number.</param>
public sealed record VlanEntry(string Name, string Device, int Id);
