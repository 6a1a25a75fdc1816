using System.Collections.Immutable;

namespace Undercloud.Deploy.Containers;

/// <summary>The kinds of containers: a service that keeps running, a command that runs once, a command in another container.</summary>
public enum ContainerKind
{
    Service,
    OneShot,
    Exec,
}

/// <summary>When systemd restarts a service that ended.</summary>
public enum RestartPolicy
{
    No,
    Always,
    OnFailure,
    UnlessStopped,
}

/// <summary>
/// One container as a start-up configuration describes it, typed and normalised: two descriptions with the same meaning are equal.
/// Sets are sorted and without duplicates, sizes are bytes, durations are seconds. It holds no secrets: those are in mounted files.
/// </summary>
public sealed record ContainerSpec
{
    public required string Name { get; init; }

    public ContainerKind Kind { get; init; }

    /// <summary>The purpose of a one-shot or an exec; null where the configuration does not give it.</summary>
    public ContainerJob? Job { get; init; }

    /// <summary>The databases whose schema a <see cref="ContainerJob.Migrate"/> changes; empty for all other jobs.</summary>
    public ImmutableArray<string> Databases { get; init; } = [];

    /// <summary>The image by name; null only for an exec, or where only <see cref="ImageId"/> identifies it.</summary>
    public string? Image { get; init; }

    /// <summary>The image's id (64 hexadecimal digits): given by the plan, or resolved on the host before anything is planned.</summary>
    public string? ImageId { get; init; }

    /// <summary>An opaque text that differs when the configuration files mounted into the container differ.</summary>
    public string? ConfigHash { get; init; }

    public int StartOrder { get; init; }

    /// <summary>The command's words; for an exec the first word is the container to run it in.</summary>
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

    /// <summary><c>source:destination[:options]</c>, options sorted, <c>rw</c> omitted as it is the default.</summary>
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

    /// <summary>Memory and swap together; -1 for no limit.</summary>
    public long? MemswapLimit { get; init; }

    public long? MemSwappiness { get; init; }

    public long? ShmSize { get; init; }

    /// <summary>Seconds between the stop signal and SIGKILL; null leaves it to podman (10).</summary>
    public int? StopGrace { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>Null for the tool's own: a file per container, see <see cref="ContainerPlacement.LogDirectory"/>.</summary>
    public string? LogDriver { get; init; }

    public ImmutableArray<string> LogOptions { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Empty;

    public string? Hostname { get; init; }

    public ImmutableArray<string> ExtraHosts { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Sysctl { get; init; } = Empty;

    public ImmutableArray<string> Devices { get; init; } = [];

    public bool Interactive { get; init; }

    public bool Tty { get; init; }

    /// <summary>Whether a one-shot's container is removed; the run records then keep its success.</summary>
    public bool Remove { get; init; }

    /// <summary>
    /// The TCP addresses, <c>ADDRESS:PORT</c>, at which systemd listens for the service: it passes the sockets to the container at each start
    /// (<c>LISTEN_FDS</c>, in this order), and clients wait while the container is replaced.
    /// </summary>
    public ImmutableArray<string> Listen { get; init; } = [];

    /// <summary>
    /// The signal that the former container gets before its stop when a new one replaces it; null for none. A service that tidies up at its end, such as
    /// keepalived its addresses, then leaves them to its successor.
    /// </summary>
    public string? ReplaceSignal { get; init; }

    /// <summary>What a replacement of the running service waits for; null for nothing.</summary>
    public ServiceDrain? Drain { get; init; }

    /// <summary>What comes first when a new container replaces a running one. It does not belong to the container's fingerprint.</summary>
    public ReplaceOrder ReplaceOrder { get; init; }

    /// <summary>
    /// The systemd unit that takes over the servers that the service runs in network namespaces when its container is replaced; null for none. The container shares the
    /// host's process ids (<see cref="Pid"/>), by which its successor finds the servers. It does not belong to the container's fingerprint.
    /// </summary>
    public string? Outlive { get; init; }

    /// <summary>How the service waits while another container is replaced; null for a service that does not wait.</summary>
    public ServicePause? Pause { get; init; }

    /// <summary>Units, by their full name, that start before this service.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Exit codes of a one-shot or an exec that count as success.</summary>
    public ImmutableArray<int> ExitCodes { get; init; } = [0];

    private static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>What comes first when a new container of a service replaces the running one.</summary>
public enum ReplaceOrder
{
    /// <summary>The former container stops, then the new one starts.</summary>
    StopFirst,

    /// <summary>
    /// The new container runs beside the former one until it is healthy, and only then takes its place. For services of which several may run at a time, such as
    /// workers of one message queue. A service with sockets has a health check that says whether its own container takes requests: both containers have the sockets.
    /// </summary>
    StartFirst,

    /// <summary>
    /// The new container loads its program beside the former one, writes <see cref="ReplaceOrders.LoadedFile"/>, and waits for a lock that the former one holds for as long as it
    /// runs. For services of which only one may work at a time, and whose programs take seconds to load.
    /// </summary>
    LoadFirst,
}

/// <summary>The words and the convention of <see cref="ReplaceOrder"/>.</summary>
public static class ReplaceOrders
{
    /// <summary>The file, in the container, that says that its program is loaded. It belongs to one start of one container.</summary>
    public const string LoadedFile = "/dev/shm/loaded";

    /// <summary>The words in a start-up configuration; the first two are those of a Compose file.</summary>
    public static ImmutableArray<string> Names { get; } = ["stop-first", "start-first", "load-first"];

    /// <summary>The word of an order.</summary>
    public static string NameOf(ReplaceOrder order) => Names[(int)order];

    /// <summary>The order of a word, or null for another word.</summary>
    public static ReplaceOrder? Named(string word) => Names.IndexOf(word) is >= 0 and var found ? (ReplaceOrder)found : null;
}

/// <summary>
/// A signal on which a service ends its requests and takes no new ones, until it gets the signal again. Clients wait meanwhile, so that no request meets
/// a database that is being replaced.
/// </summary>
/// <param name="Signal">The signal's name, e.g. SIGTSTP.</param>
/// <param name="For">The containers during whose replacement the service waits.</param>
/// <param name="ForStop">The containers for whose end the service waits: until the former container has ended no request is in flight, and the new one is waited for by the request itself.</param>
public sealed record ServicePause(string Signal, ImmutableArray<string> For, ImmutableArray<string> ForStop);

/// <summary>
/// The work that a service ends before its container is replaced, since nothing continues it afterwards. It does not belong to the container's fingerprint: it is
/// about the former container.
/// </summary>
/// <param name="Test">A shell command in the running container. It ends with exit code 75 (EX_TEMPFAIL) while the service is in the middle of work.</param>
/// <param name="Timeout">Seconds after which the container is replaced all the same.</param>
public sealed record ServiceDrain(string Test, int Timeout)
{
    /// <summary>The exit code of the test that says: not yet.</summary>
    public const int Busy = 75;

    /// <summary>The timeout where the configuration gives none.</summary>
    public const int UsualTimeout = 600;
}

/// <summary>A container's health check in podman. Durations are seconds.</summary>
/// <param name="Test">A shell command run inside the container.</param>
/// <param name="Interval">The time between two checks.</param>
/// <param name="Timeout">The time after which a check counts as failed.</param>
/// <param name="Retries">Consecutive failures that make the container unhealthy.</param>
/// <param name="StartPeriod">The time after a start in which failures do not count.</param>
/// <param name="Restarts">Whether an unhealthy container is stopped, within its grace period, for its unit to start it again.</param>
public sealed record HealthCheck(
    string Test, int Interval = 30, int Timeout = 30, int Retries = 3, int StartPeriod = HealthCheck.UsualStartPeriod, bool Restarts = false)
{
    /// <summary>
    /// The default time in which a service must come up, on a busy host. podman continues to count failures across a
    /// restart, so only this period protects a slow start.
    /// </summary>
    public const int UsualStartPeriod = 180;
}
