namespace Undercloud.Deploy.Manifests;

/// <summary>A certificate with its key that the node makes, signed by an authority of its own, and renews before it expires.</summary>
/// <param name="Path">The file with both in PEM.</param>
/// <param name="Uid">Owner's number.</param>
/// <param name="Gid">Group's number.</param>
/// <param name="Mode">Octal, e.g. 0640.</param>
/// <param name="Hosts">Names and addresses that it is for.</param>
/// <param name="Authority">The directory where the authority's key is kept, for root alone.</param>
/// <param name="TrustAnchor">Where the authority's certificate is put for the host to trust it.</param>
public sealed record CertificateEntry(
    string Path, int Uid, int Gid, string Mode, IReadOnlyList<string> Hosts, string Authority, string TrustAnchor)
{
    /// <summary>The container that reads the file again at <see cref="ReloadSignal"/>.</summary>
    public string? ReloadContainer { get; init; }

    public string? ReloadSignal { get; init; }
}
