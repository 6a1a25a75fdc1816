namespace Undercloud.Deploy.Manifests;

/// <summary>A certificate with its key that the node generates, signed by the node's own authority, and renews before it expires.</summary>
/// <param name="Path">The file with both in PEM.</param>
/// <param name="Uid">Owner's number.</param>
/// <param name="Gid">Group's number.</param>
/// <param name="Mode">Octal, e.g. 0640.</param>
/// <param name="Hosts">The names and addresses in the certificate.</param>
/// <param name="Authority">The directory of the authority's key, readable by root only.</param>
/// <param name="TrustAnchor">The path of the authority's certificate among those that the host trusts.</param>
public sealed record CertificateEntry(
    string Path, int Uid, int Gid, string Mode, IReadOnlyList<string> Hosts, string Authority, string TrustAnchor)
{
    /// <summary>The container that reloads the file on <see cref="ReloadSignal"/>.</summary>
    public string? ReloadContainer { get; init; }

    public string? ReloadSignal { get; init; }
}
