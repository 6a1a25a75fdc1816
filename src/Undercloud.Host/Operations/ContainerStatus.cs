namespace Undercloud.Host.Operations;

/// <summary>A container that the applied plan has.</summary>
/// <param name="State">The container's state in podman, or "missing".</param>
/// <param name="Health">The result of the health check just now: healthy or unhealthy; empty for a container without one.</param>
public sealed record ContainerStatus(string Name, int Step, string State, string Health, string Image, bool Good)
{
    /// <summary>The output of a failed health check, in one line.</summary>
    public string? Said { get; init; }

    /// <summary>The time of the last start; null for a container that is not running.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Seconds from the start until the health check succeeded, at most: the apply that started the container measured them.</summary>
    public double? ReadySeconds { get; init; }

    /// <summary>How often the systemd unit restarted the container, because it ended or was unhealthy for too long.</summary>
    public int Restarts { get; init; }

    /// <summary>The node, in a cloud of several; null otherwise.</summary>
    public string? Node { get; init; }

    /// <summary>The proportional set size of the container's processes, in bytes.</summary>
    public long Memory { get; init; }
}
