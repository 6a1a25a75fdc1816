using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>The options of an apply.</summary>
public sealed record ContainerApplyOptions
{
    /// <summary>Whether to report the changes without making them.</summary>
    public bool Check { get; init; }

    public string ManagedBy { get; init; } = ContainerLabels.DefaultManagedBy;

    /// <summary>Receives a line at the beginning and at the end of each action.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The number of containers that are handled at a time.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);
}
