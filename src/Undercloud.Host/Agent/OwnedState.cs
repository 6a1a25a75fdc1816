using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Agent;

/// <summary>
/// What this tool has put on the node (<c>owned.json</c>). It is recorded before a thing is made: after a kill at any moment there may be
/// a record without a thing, never a thing without a record.
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

    /// <summary>Certificates of authorities that the host trusts since we put them there.</summary>
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

    /// <summary>VLANs of the kernel's that we made.</summary>
    public ImmutableSortedSet<string> Vlans { get; init => field = value ?? field; } = [];

    /// <summary>Settings of the kernel, by their path below /proc/sys, as they were before.</summary>
    public ImmutableSortedDictionary<string, string> KernelSettings { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where we put nameservers; null when we did not.</summary>
    public ResolverKind? Resolver { get; init; }

    /// <summary>Our table of nftables.</summary>
    public OwnedFirewall? Firewall { get; init; }

    public ImmutableSortedDictionary<string, OwnedCloudObject> Cloud { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, OwnedCloudObject>.Empty;

    /// <summary>Whether nothing of ours is left on the node.</summary>
    [JsonIgnore]
    public bool IsEmpty =>
        Directories.IsEmpty && Files.IsEmpty && Blocks.IsEmpty && Certificates.IsEmpty && TrustAnchors.IsEmpty && Hostname is null && Units.IsEmpty && Links.IsEmpty
        && Bridges.IsEmpty && Vlans.IsEmpty && KernelSettings.IsEmpty && Resolver is null && Firewall is null && Cloud.IsEmpty;
}

/// <summary>A directory whose owner and mode are ours to say.</summary>
/// <param name="Created">It was not there before: it goes when it is empty and no longer wanted.</param>
/// <param name="State">It holds state: it stays unless purged.</param>
/// <param name="Previous">Owner and mode before, when it was there.</param>
public sealed record OwnedDirectory(bool Created, bool State, PathAccess? Previous = null);

/// <summary>Owner, group and octal mode of a path.</summary>
public sealed record PathAccess(int Uid, int Gid, string Mode);

/// <summary>A file of ours.</summary>
/// <param name="Keep">It stays when it is no longer wanted, unless purged.</param>
/// <param name="Original">The foreign file that was in its place.</param>
public sealed record OwnedFile(bool Keep, OriginalFile? Original = null);

/// <summary>A copy of a foreign file, with the owner and mode to give back.</summary>
public sealed record OriginalFile(string Copy, PathAccess Access);

/// <summary>Our blocks in a shared file.</summary>
/// <param name="Created">The file was not there before.</param>
/// <param name="Names">The blocks' names.</param>
public sealed record OwnedBlocks(bool Created, ImmutableSortedSet<string> Names);

/// <summary>The host name we set, and the one before.</summary>
public sealed record OwnedHostname(string Name, string Previous)
{
    /// <summary>Names the node had while services of ours may have run on it, until what these have left in the cloud's lists is removed.</summary>
    public ImmutableSortedSet<string> Former { get; init => field = value ?? field; } = [];

    /// <summary>Those of them that a run has waited for in vain: what is alive under them is another host's.</summary>
    public ImmutableSortedSet<string> Waited { get; init => field = value ?? field; } = [];
}

/// <summary>What we did to an interface.</summary>
/// <param name="WasDown">It was down before.</param>
/// <param name="PreviousMtu">Its MTU before we set another one.</param>
/// <param name="Addresses">The addresses we put on it, with prefix length.</param>
public sealed record OwnedLink(bool WasDown, int? PreviousMtu, ImmutableSortedSet<string> Addresses)
{
    /// <summary>The static routes we put on it, e.g. 10.0.0.0/8 via 192.168.24.254.</summary>
    public ImmutableSortedSet<string> Routes { get; init => field = value ?? field; } = [];
}

/// <summary>Who has the say over a node's nameservers.</summary>
public enum ResolverKind
{
    /// <summary>Nobody: the file is as somebody wrote it.</summary>
    File,
    Resolvconf,
    Resolved,
}

/// <summary>What we did to a bridge or a bond.</summary>
/// <param name="Created">It was not there before.</param>
/// <param name="Ports">The interfaces we made its ports.</param>
public sealed record OwnedBridge(bool Created, ImmutableSortedSet<string> Ports)
{
    /// <summary>As <see cref="Undercloud.Deploy.Manifests.BridgeEntry.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The options that a bond was made with.</summary>
    public string Options { get; init => field = value ?? ""; } = "";

    /// <summary>Bonds of Open vSwitch among the ports, each with its members and settings.</summary>
    public ImmutableSortedDictionary<string, string> Bonds { get; init => field = value ?? field; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Addresses of others that came along with a port, each with the port's name behind it, e.g. 10.0.0.2/24 eth0.</summary>
    public ImmutableSortedSet<string> Moved { get; init => field = value ?? field; } = [];
}

/// <summary>Our table of nftables, by digests.</summary>
/// <param name="Rules">Of the file it was loaded from.</param>
/// <param name="Loaded">Of what nft showed of it then; null when it was not loaded to the end.</param>
public sealed record OwnedFirewall(string Rules, string? Loaded);

/// <summary>An object in the cloud that we created.</summary>
/// <param name="Kind">role, project, user, assignment, region, service, endpoint.</param>
/// <param name="Name">Its name, unique within its kind.</param>
/// <param name="Id">Its id; null when the record was written and the answer never arrived.</param>
public sealed record OwnedCloudObject(string Kind, string Name, string? Id);
