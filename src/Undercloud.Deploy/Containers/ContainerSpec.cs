using System.Collections.Immutable;

namespace Undercloud.Deploy.Containers;

/// <summary>What a start-up configuration asks for: a service that runs, a command that runs once, a command in another container.</summary>
public enum ContainerKind
{
    Service,
    OneShot,
    Exec,
}

/// <summary>When systemd starts a service again that ended.</summary>
public enum RestartPolicy
{
    No,
    Always,
    OnFailure,
    UnlessStopped,
}

/// <summary>
/// One container as a start-up configuration describes it, typed and normalised: two descriptions that mean the same are the same.
/// Sets are sorted and without duplicates, sizes are bytes, durations are seconds. It holds no secrets: those are in mounted files.
/// </summary>
public sealed record ContainerSpec
{
    public required string Name { get; init; }

    public ContainerKind Kind { get; init; }

    /// <summary>What a one-shot or an exec is there for; null where the configuration does not say.</summary>
    public ContainerJob? Job { get; init; }

    /// <summary>The databases whose schema a <see cref="ContainerJob.Migrate"/> changes; none for all others.</summary>
    public ImmutableArray<string> Databases { get; init; } = [];

    /// <summary>The image by name; null only for an exec, or where <see cref="ImageId"/> alone says which.</summary>
    public string? Image { get; init; }

    /// <summary>The image's id (64 hexadecimal digits): given by the plan, or resolved on the host before anything is planned.</summary>
    public string? ImageId { get; init; }

    /// <summary>An opaque text that differs when the configuration files mounted into the container differ.</summary>
    public string? ConfigHash { get; init; }

    public int StartOrder { get; init; }

    /// <summary>The command's words; for an exec the first one is the container to run it in.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    public ImmutableArray<string> Entrypoint { get; init; } = [];

    public string? Net { get; init; }

    public string? Ipc { get; init; }

    public string? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UserNamespace { get; init; }

    public string? Cgroupns { get; init; }

    public string? User { get; init; }

    public ImmutableArray<string> GroupAdd { get; init; } = [];

    /// <summary><c>source:destination[:options]</c>, options sorted, <c>rw</c> left out as it is the default.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    public ImmutableArray<string> VolumesFrom { get; init; } = [];

    public ImmutableArray<string> Tmpfs { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Environment { get; init; } = Empty;

    /// <summary>Files of variables, in order: a later one wins.</summary>
    public ImmutableArray<string> EnvFiles { get; init; } = [];

    public HealthCheck? Health { get; init; }

    public RestartPolicy Restart { get; init; }

    public bool Privileged { get; init; }

    public ImmutableArray<string> CapAdd { get; init; } = [];

    public ImmutableArray<string> CapDrop { get; init; } = [];

    public ImmutableArray<string> SecurityOpt { get; init; } = [];

    /// <summary><c>name=soft:hard</c>.</summary>
    public ImmutableArray<string> Ulimits { get; init; } = [];

    public long? CpuShares { get; init; }

    public string? CpusetCpus { get; init; }

    public long? MemLimit { get; init; }

    /// <summary>Memory and swap together; -1 is without limit.</summary>
    public long? MemswapLimit { get; init; }

    public long? MemSwappiness { get; init; }

    public long? ShmSize { get; init; }

    /// <summary>Seconds between the stop signal and SIGKILL; null leaves it to podman (10).</summary>
    public int? StopGrace { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>Null for our own: a file per container, see <see cref="ContainerPlacement.LogDirectory"/>.</summary>
    public string? LogDriver { get; init; }

    public ImmutableArray<string> LogOptions { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Empty;

    public string? Hostname { get; init; }

    public ImmutableArray<string> ExtraHosts { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Sysctl { get; init; } = Empty;

    public ImmutableArray<string> Devices { get; init; } = [];

    public bool Interactive { get; init; }

    public bool Tty { get; init; }

    /// <summary>A one-shot's container is not kept; its success is remembered in the run records instead.</summary>
    public bool Remove { get; init; }

    /// <summary>Units, by their full name, that are started before this service.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Exit codes of a one-shot or an exec that count as success.</summary>
    public ImmutableArray<int> ExitCodes { get; init; } = [0];

    private static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>How podman asks a container whether it works. Durations are seconds.</summary>
/// <param name="Test">A shell command run inside the container.</param>
/// <param name="Interval">Between two checks.</param>
/// <param name="Timeout">After which a check counts as failed.</param>
/// <param name="Retries">Failures in a row that make the container unhealthy.</param>
/// <param name="StartPeriod">How long a starting container may fail.</param>
/// <param name="Restarts">Whether a container that gets unhealthy is stopped, in its own time, for its unit to start it again.</param>
public sealed record HealthCheck(
    string Test, int Interval = 30, int Timeout = 30, int Retries = 3, int StartPeriod = HealthCheck.UsualStartPeriod, bool Restarts = false)
{
    /// <summary>
    /// What a service has to come up unless it says otherwise, on a host that has much to do. podman goes on counting failures over a
    /// restart, so that this alone keeps a slow start from being cut short.
    /// </summary>
    public const int UsualStartPeriod = 180;
}
