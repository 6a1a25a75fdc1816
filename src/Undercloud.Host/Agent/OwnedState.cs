using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent;

/// <summary>
/// The ownership record (<c>owned.json</c>). An entry is written before the thing is made: after a kill at any moment an entry may have no thing, but a
/// thing never lacks its entry.
/// </summary>
public sealed record OwnedState
{
    public ImmutableSortedDictionary<string, OwnedDirectory> Directories { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedDirectory>.Empty;

    public ImmutableSortedDictionary<string, OwnedFile> Files { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedFile>.Empty;

    /// <summary>By the path of the shared file.</summary>
    public ImmutableSortedDictionary<string, OwnedBlocks> Blocks { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedBlocks>.Empty;

    public ImmutableSortedSet<string> Certificates { get; init => field = value ?? field; } = [];

    /// <summary>Certificates of authorities that the tool made the host trust.</summary>
    public ImmutableSortedSet<string> TrustAnchors { get; init => field = value ?? field; } = [];

    public OwnedHostname? Hostname { get; init; }

    /// <summary>Units that were not enabled before.</summary>
    public ImmutableSortedSet<string> Units { get; init => field = value ?? field; } = [];

    /// <summary>By the interface's name.</summary>
    public ImmutableSortedDictionary<string, OwnedLink> Links { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedLink>.Empty;

    /// <summary>Bridges and bonds, by name.</summary>
    public ImmutableSortedDictionary<string, OwnedBridge> Bridges { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedBridge>.Empty;

    /// <summary>The kernel's VLANs that the tool created.</summary>
    public ImmutableSortedSet<string> Vlans { get; init => field = value ?? field; } = [];

    /// <summary>The previous values of kernel settings, by their path below /proc/sys.</summary>
    public ImmutableSortedDictionary<string, string> KernelSettings { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where the tool put nameservers; null when it put none.</summary>
    public ResolverKind? Resolver { get; init; }

    /// <summary>The tool's nftables table.</summary>
    public OwnedFirewall? Firewall { get; init; }

    public ImmutableSortedDictionary<string, OwnedCloudObject> Cloud { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedCloudObject>.Empty;

    /// <summary>Whether the tool owns nothing on the node.</summary>
    [JsonIgnore]
    public bool IsEmpty =>
        Directories.IsEmpty && Files.IsEmpty && Blocks.IsEmpty && Certificates.IsEmpty && TrustAnchors.IsEmpty && Hostname is null && Units.IsEmpty && Links.IsEmpty
        && Bridges.IsEmpty && Vlans.IsEmpty && KernelSettings.IsEmpty && Resolver is null && Firewall is null && Cloud.IsEmpty;
}

/// <summary>A directory whose owner and mode the tool sets.</summary>
/// <param name="Created">Whether the tool created the directory: it is removed when it is empty and no longer wanted.</param>
/// <param name="State">Whether it is a state directory: it stays unless purged.</param>
/// <param name="Previous">Owner and mode of a directory that existed before.</param>
public sealed record OwnedDirectory(bool Created, bool State, PathAccess? Previous = null);

/// <summary>Owner, group and octal mode of a path.</summary>
public sealed record PathAccess(int Uid, int Gid, string Mode);

/// <summary>A file of the tool.</summary>
/// <param name="Keep">Whether the file stays when it is no longer wanted, unless purged.</param>
/// <param name="Original">The foreign file that the tool's file replaced.</param>
public sealed record OwnedFile(bool Keep, OriginalFile? Original = null);

/// <summary>A copy of a foreign file, with the owner and mode to restore.</summary>
public sealed record OriginalFile(string Copy, PathAccess Access);

/// <summary>The tool's blocks in a shared file.</summary>
/// <param name="Created">Whether the tool created the file.</param>
/// <param name="Names">The blocks' names.</param>
public sealed record OwnedBlocks(bool Created, ImmutableSortedSet<string> Names);

/// <summary>The host name that the tool set, and the previous one.</summary>
public sealed record OwnedHostname(string Name, string Previous)
{
    /// <summary>Previous names under which the tool's services may have run, until their entries in the cloud's lists are removed.</summary>
    public ImmutableSortedSet<string> Former { get; init => field = value ?? field; } = [];

    /// <summary>Former names for which a run has waited in vain: services that are alive under such a name belong to another host.</summary>
    public ImmutableSortedSet<string> Waited { get; init => field = value ?? field; } = [];
}

/// <summary>The changes of the tool to an interface.</summary>
/// <param name="WasDown">Whether the interface was down before.</param>
/// <param name="PreviousMtu">The MTU before the tool set another one.</param>
/// <param name="Addresses">The addresses that the tool added, with prefix length.</param>
public sealed record OwnedLink(bool WasDown, int? PreviousMtu, ImmutableSortedSet<string> Addresses)
{
    /// <summary>The static routes that the tool added, e.g. 10.0.0.0/8 via 192.168.24.254.</summary>
    public ImmutableSortedSet<string> Routes { get; init => field = value ?? field; } = [];
}

/// <summary>The component that controls a node's nameservers.</summary>
public enum ResolverKind
{
    /// <summary>None: the file is edited directly.</summary>
    File,
    Resolvconf,
    Resolved,
}

/// <summary>The changes of the tool to a bridge or a bond.</summary>
/// <param name="Created">Whether the tool created it.</param>
/// <param name="Ports">The interfaces that the tool added as ports.</param>
public sealed record OwnedBridge(bool Created, ImmutableSortedSet<string> Ports)
{
    /// <summary>As <see cref="Undercloud.Deploy.Manifests.BridgeEntry.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The options with which a bond was created.</summary>
    public string Options { get; init => field = value ?? ""; } = "";

    /// <summary>Bonds of Open vSwitch among the ports, each with its members and settings.</summary>
    public ImmutableSortedDictionary<string, string> Bonds { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Foreign addresses that moved here with a port, each followed by the port's name, e.g. 10.0.0.2/24 eth0.</summary>
    public ImmutableSortedSet<string> Moved { get; init => field = value ?? field; } = [];
}

/// <summary>Digests of the tool's nftables table.</summary>
/// <param name="Rules">The digest of the file that was loaded.</param>
/// <param name="Loaded">The digest of nft's listing right after loading; null when loading did not finish.</param>
public sealed record OwnedFirewall(string Rules, string? Loaded);

/// <summary>An object in the cloud that the tool created.</summary>
/// <param name="Kind">role, project, user, assignment, region, service, endpoint.</param>
/// <param name="Name">Its name, unique within its kind.</param>
/// <param name="Id">Its id; null when the entry was written and the service's answer never arrived.</param>
public sealed record OwnedCloudObject(string Kind, string Name, string? Id);
