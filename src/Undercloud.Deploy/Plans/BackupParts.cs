using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;

namespace Undercloud.Deploy.Plans;

/// <summary>The files of a node that a backup keeps.</summary>
internal static class BackupParts
{
    // What the typed keys of role data imply: generated certificates with their authority, and the private keys of key pairs.
    private const string Certificates = "certificates";
    private const string Keys = "ssh-keys";

    /// <summary>The parts of all services, in the order of their names; services of one project share a part.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="manifest">The node's manifest.</param>
    public static ImmutableArray<BackupPart> Of(ImmutableArray<ServiceData> services, NodeManifest manifest) =>
    [
        .. services.SelectMany(service => service.Backup).Concat(Implied(manifest))
            .GroupBy(part => part.Name, StringComparer.Ordinal)
            .Select(part => new BackupPart(part.Key, Distinct(part.SelectMany(one => one.Paths)), Distinct(part.SelectMany(one => one.Exclude))) { KeepsFormer = part.Any(one => one.KeepsFormer) })
            .OrderBy(part => part.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<BackupPart> Implied(NodeManifest manifest)
    {
        if (manifest.Certificates.Count > 0)
            yield return new(Certificates, [.. manifest.Certificates.SelectMany(entry => new[] { entry.Path, entry.Authority })], []);
        ImmutableArray<string> keys = [.. manifest.Cloud.Values.SelectMany(cloud => cloud.Resources.KeyPairs).SelectMany(pair => new[] { pair.KeyFile, $"{pair.KeyFile}.pub" })];
        if (!keys.IsEmpty)
            yield return new(Keys, keys, []) { KeepsFormer = true };
    }

    private static ImmutableArray<string> Distinct(IEnumerable<string> paths) => [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
