namespace Undercloud.Deploy.Manifests;

/// <summary>The node's own nftables table.</summary>
/// <param name="File">The file that nft loads; it is among the node's files.</param>
public sealed record FirewallEntry(string File);
