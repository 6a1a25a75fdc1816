using System.Collections.Frozen;

namespace Undercloud.Deploy.Containers;

/// <summary>The labels on containers: their owner and a hash of their configuration, never the configuration itself.</summary>
public static class ContainerLabels
{
    public const string ConfigId = "config_id";
    public const string ContainerName = "container_name";
    public const string ManagedBy = "managed_by";

    /// <summary><see cref="ContainerFingerprint.Hash"/>.</summary>
    public const string ConfigHash = "config_hash";

    /// <summary><see cref="ContainerFingerprint.Parts"/>, to tell which part differs.</summary>
    public const string ConfigParts = "config_parts";

    /// <summary><see cref="ServicePause"/>: the signal and the containers during whose replacement the service waits, separated by spaces.</summary>
    public const string Pause = "pause";

    /// <summary><see cref="ServicePause.ForStop"/>, separated by spaces.</summary>
    public const string PauseForStop = "pause_for_stop";

    /// <summary>The word of <see cref="Containers.ReplaceOrder.LoadFirst"/> on a container that holds the lock for which its successor waits.</summary>
    public const string ReplaceOrder = "replace_order";

    /// <summary>The default manager of a container.</summary>
    public const string DefaultManagedBy = "tripleo-Undercloud";

    public static FrozenSet<string> Reserved { get; } =
        FrozenSet.Create(StringComparer.Ordinal, ConfigId, ContainerName, ManagedBy, ConfigHash, ConfigParts, Pause, PauseForStop, ReplaceOrder);
}
