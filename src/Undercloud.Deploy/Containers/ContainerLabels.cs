using System.Collections.Frozen;

namespace Undercloud.Deploy.Containers;

/// <summary>The labels written on containers: whose they are and a hash of what they were made from, never what they were made from.</summary>
public static class ContainerLabels
{
    public const string ConfigId = "config_id";
    public const string ContainerName = "container_name";
    public const string ManagedBy = "managed_by";

    /// <summary><see cref="ContainerFingerprint.Hash"/>.</summary>
    public const string ConfigHash = "config_hash";

    /// <summary><see cref="ContainerFingerprint.Parts"/>, to say what differs.</summary>
    public const string ConfigParts = "config_parts";

    /// <summary>Who manages a container when nobody says otherwise.</summary>
    public const string DefaultManagedBy = "tripleo-Undercloud";

    public static FrozenSet<string> Reserved { get; } =
        FrozenSet.Create(StringComparer.Ordinal, ConfigId, ContainerName, ManagedBy, ConfigHash, ConfigParts);
}
