using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>How an apply goes about it.</summary>
public sealed record ContainerApplyOptions
{
    /// <summary>Says what would be done and changes nothing.</summary>
    public bool Check { get; init; }

    public string ManagedBy { get; init; } = ContainerLabels.DefaultManagedBy;

    /// <summary>Receives a line whenever something begins or ends.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>How long a service may take until its health check succeeds; its own start period and timeout can ask for more.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How many containers are worked on at once.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);
}
