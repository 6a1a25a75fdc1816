namespace Undercloud.Host.Operations;

/// <summary>A container that the applied plan has.</summary>
/// <param name="State">podman's word, or "missing".</param>
/// <param name="Health">Whether its own check succeeded just now, healthy or unhealthy; empty when it has none.</param>
public sealed record ContainerStatus(string Name, int Step, string State, string Health, string Image, bool Good)
{
    /// <summary>What the check said when it failed, in one line.</summary>
    public string? Said { get; init; }

    /// <summary>When it was started last; null when it does not run.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Seconds from its start until its check had succeeded, as the apply saw it that started it: at most.</summary>
    public double? ReadySeconds { get; init; }

    /// <summary>How often its unit started it again by itself: it ended, or was unhealthy for too long.</summary>
    public int Restarts { get; init; }

    /// <summary>Of several nodes, the node; null for the only one.</summary>
    public string? Node { get; init; }

    /// <summary>The proportional set size of its processes, in bytes.</summary>
    public long Memory { get; init; }
}
