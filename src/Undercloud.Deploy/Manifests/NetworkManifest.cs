namespace Undercloud.Deploy.Manifests;

/// <summary>A node's bridges, its interfaces, and the addresses they carry.</summary>
public sealed record NetworkManifest
{
    /// <summary>Bridges and bonds, made before the interfaces: these may be bridges.</summary>
    public IReadOnlyList<BridgeEntry> Bridges { get; init => field = value ?? []; } = [];

    /// <summary>VLANs of the kernel's, on other interfaces.</summary>
    public IReadOnlyList<VlanEntry> Vlans { get; init => field = value ?? []; } = [];

    public IReadOnlyList<InterfaceEntry> Interfaces { get; init => field = value ?? []; } = [];

    /// <summary>The node's own nameservers; none leaves those it has.</summary>
    public IReadOnlyList<string> Nameservers { get; init => field = value ?? []; } = [];

    /// <summary>An interface that may become a bridge's port though the node is reached through it.</summary>
    public string? Consented { get; init; }

    /// <summary>Settings of the kernel, by name, e.g. net.ipv4.ip_forward.</summary>
    public IReadOnlyDictionary<string, string> KernelSettings { get; init => field = value ?? Empty; } = Empty;

    /// <summary>Whether the network is the operator's own affair: what an earlier manifest made of it stays, and nothing is added.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>A bridge of Open vSwitch that services go by and that the operator makes; null when there is none such.</summary>
    public string? ExpectedBridge { get; init; }

    /// <summary>An address, without prefix length, that services listen at and that the operator sets; null when there is none such.</summary>
    public string? ExpectedAddress { get; init; }

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

/// <summary>Interfaces that are ports of another one: a bridge of Open vSwitch or of the kernel's, or a bond. Ports of others stay.</summary>
/// <param name="Name">e.g. br-ctlplane.</param>
/// <param name="Ports">Interfaces; a bridge of Open vSwitch takes the first one's hardware address.</param>
/// <param name="Datapath">system (the kernel's) or netdev (in user space), for a bridge that is not there yet.</param>
/// <param name="FailMode">standalone or secure, for a bridge that is not there yet: Neutron's agent changes it later.</param>
public sealed record BridgeEntry(string Name, IReadOnlyList<string> Ports, string? Datapath = null, string? FailMode = null)
{
    /// <summary>A bridge of the kernel's.</summary>
    public const string Linux = "linux_bridge";

    /// <summary>A bond of the kernel's.</summary>
    public const string Bond = "linux_bond";

    /// <summary><see cref="Linux"/> or <see cref="Bond"/>; null for a bridge of Open vSwitch.</summary>
    public string? Kind { get; init; }

    /// <summary>A bond's options as <c>ip link add</c> takes them, e.g. mode active-backup miimon 100.</summary>
    public IReadOnlyList<string> Options { get; init => field = value ?? []; } = [];

    /// <summary>Ports that are bonds of Open vSwitch's.</summary>
    public IReadOnlyList<OvsBondEntry> Bonds { get; init => field = value ?? []; } = [];

    /// <summary>Ports that Open vSwitch makes for a VLAN of the bridge, by the VLAN's number.</summary>
    public IReadOnlyList<OvsVlanEntry> Vlans { get; init => field = value ?? []; } = [];
}

/// <summary>A bond of Open vSwitch, which is a port of its bridge.</summary>
/// <param name="Name">The port's name.</param>
/// <param name="Members">Its interfaces, two at least.</param>
/// <param name="Settings">Of the port, e.g. bond_mode=active-backup.</param>
public sealed record OvsBondEntry(string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Settings);

/// <summary>An interface of Open vSwitch's in one VLAN of a bridge.</summary>
public sealed record OvsVlanEntry(string Name, int Tag);

/// <summary>A VLAN of the kernel's.</summary>
/// <param name="Name">e.g. vlan16.</param>
/// <param name="Device">The interface whose packets carry its number.</param>
/// <param name="Id">Its number.</param>
public sealed record VlanEntry(string Name, string Device, int Id);
