using System.Collections.Immutable;

namespace Undercloud.Deploy.Containers;

/// <summary>A container as podman reports it.</summary>
public sealed record ContainerFact
{
    public required string Name { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The image's name, or its id where the image has lost its name.</summary>
    public string Image { get; init; } = "";

    public string ImageId { get; init; } = "";

    /// <summary>podman's word: created, running, paused, stopping, exited, …</summary>
    public string State { get; init; } = "";

    /// <summary>healthy, unhealthy or starting; null without a health check or when the container does not run.</summary>
    public string? Health { get; init; }

    public int ExitCode { get; init; }

    /// <summary>The id of its first process; 0 when it does not run.</summary>
    public int Process { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>When its present state began: started, ended or created.</summary>
    public DateTimeOffset Since { get; init; }

    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    public bool IsRunning => State == "running";

    public string? ConfigId => Labels.GetValueOrDefault(ContainerLabels.ConfigId);

    public string? ManagedBy => Labels.GetValueOrDefault(ContainerLabels.ManagedBy);

    public string? Hash => Labels.GetValueOrDefault(ContainerLabels.ConfigHash);

    public string? Parts => Labels.GetValueOrDefault(ContainerLabels.ConfigParts);
}

/// <summary>A <c>tripleo_….service</c> of this host.</summary>
/// <param name="Container">The container it is for.</param>
/// <param name="Text">The unit file's text; empty when there is none.</param>
/// <param name="ActiveState">systemd's word: active, activating, inactive, failed, …</param>
/// <param name="Enabled">Whether it starts at boot.</param>
/// <param name="Restarts">How often systemd restarted it by itself.</param>
public sealed record UnitFact(string Container, string Text, string ActiveState, bool Enabled, int Restarts = 0)
{
    /// <summary>Whether the manager has read another file than the present one: an apply was killed before it reloaded the manager.</summary>
    public bool NeedsReload { get; init; }

    /// <summary>The text of the service's socket unit; empty when there is none.</summary>
    public string SocketText { get; init; } = "";

    public bool IsActive => ActiveState == "active";

    public (string ConfigId, string ManagedBy)? Owner => ContainerUnit.OwnerOf(Text);
}

/// <summary>The containers and container units of a host.</summary>
public sealed record HostContainers(ImmutableArray<ContainerFact> Containers, ImmutableArray<UnitFact> Units)
{
    public ContainerFact? Find(string name) => Containers.FirstOrDefault(container => container.Name == name);

    public UnitFact? UnitOf(string container) => Units.FirstOrDefault(unit => unit.Container == container);
}

/// <summary>The last success of a one-shot or an exec that leaves no container behind.</summary>
/// <param name="Hash">Its <see cref="ContainerFingerprint.Hash"/>.</param>
/// <param name="Target">The id of the container an exec ran in; empty for a one-shot whose container is removed.</param>
public sealed record RunRecord(string Hash, string Target);
