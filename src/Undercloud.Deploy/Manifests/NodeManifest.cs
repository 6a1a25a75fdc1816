namespace Undercloud.Deploy.Manifests;

/// <summary>
/// What one node has to look like, as the node verbs read it (<c>/var/lib/undercloud/manifest.json</c>, 0600: it holds secrets).
/// The empty manifest is an uninstalled node.
/// </summary>
public sealed record NodeManifest
{
    /// <summary>The node's name, e.g. undercloud.</summary>
    public required string Node { get; init; }

    public FilesManifest Files { get; init; } = new();

    public NetworkManifest Network { get; init; } = new();

    /// <summary>Objects in the cloud, by the deployment step after which they are made.</summary>
    public IReadOnlyDictionary<int, CloudManifest> Cloud { get; init; } = new SortedDictionary<int, CloudManifest>();
}
