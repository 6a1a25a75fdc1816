using System.Collections.Immutable;

namespace Undercloud.Deploy.Manifests;

/// <summary>Files of a node that a backup keeps (the key <c>backup</c> of role data, and what the typed keys of role data imply).</summary>
/// <param name="Name">The name of the part, e.g. glance. An operator may leave it out by this name.</param>
/// <param name="Paths">Absolute paths of files and directories; one that does not exist is skipped.</param>
/// <param name="Exclude">Absolute paths below them that are left out, because the service makes them again.</param>
public sealed record BackupPart(string Name, ImmutableArray<string> Paths, ImmutableArray<string> Exclude)
{
    /// <summary>Whether files that are there before a restore are the operator's: a restore then keeps them under another name.</summary>
    public bool KeepsFormer { get; init; }
}
