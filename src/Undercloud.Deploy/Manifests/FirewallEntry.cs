namespace Undercloud.Deploy.Manifests;

/// <summary>The node's own table of nftables.</summary>
/// <param name="File">The file that makes it, which is among the node's files.</param>
public sealed record FirewallEntry(string File);
