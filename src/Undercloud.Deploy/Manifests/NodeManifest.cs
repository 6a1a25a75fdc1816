namespace Undercloud.Deploy.Manifests;

/// <summary>
/// The desired state of one node, as the agent verbs read it (<c>/var/lib/undercloud/manifest.json</c>, 0600: it holds secrets).
/// The empty manifest is an uninstalled node.
/// </summary>
/// <remarks>
/// The generated reader sets missing init-only properties to null, whatever their default: the manifests' accessors restore the
/// default, so that a short manifest is valid.
/// </remarks>
public sealed record NodeManifest
{
    /// <summary>The node's name, e.g. undercloud.</summary>
    public required string Node { get; init; }

    public FilesManifest Files { get; init => field = value ?? new(); } = new();

    public NetworkManifest Network { get; init => field = value ?? new(); } = new();

    /// <summary>The firewall; null for no table of the tool.</summary>
    public FirewallEntry? Firewall { get; init; }

    public IReadOnlyList<CertificateEntry> Certificates { get; init => field = value ?? []; } = [];

    /// <summary>Objects in the cloud, by the deployment step after which they are created.</summary>
    public IReadOnlyDictionary<int, CloudManifest> Cloud { get; init => field = value ?? Empty; } = Empty;

    private static SortedDictionary<int, CloudManifest> Empty => [];
}
