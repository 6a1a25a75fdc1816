using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>podman's arguments for a container, in a stable order. They never pull an image: images must exist on the host before.</summary>
public static class PodmanArguments
{
    /// <summary><c>create …</c>, for a service.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="placement">Its owner and its files.</param>
    /// <param name="name">Another name than the container's own.</param>
    public static ImmutableArray<string> ForCreate(ContainerSpec spec, ContainerPlacement placement, string? name = null) =>
    [
        "create", $"--name={name ?? spec.Name}", "--pull=never", "--cgroups=no-conmon",
        $"--conmon-pidfile={ContainerUnit.PidFile(spec.Name, placement.RunDirectory)}",
        .. Labels(spec, placement), .. Logging(spec, placement), .. Health(spec.Health), .. Options(spec), .. Stopping(spec), .. ImageAndCommand(spec),
    ];

    /// <summary><c>run …</c>, attached, for a one-shot.</summary>
    public static ImmutableArray<string> ForRun(ContainerSpec spec, ContainerPlacement placement) =>
    [
        "run", $"--name={spec.Name}", "--pull=never", .. spec.Remove ? ["--rm"] : (ReadOnlySpan<string>)[],
        .. Labels(spec, placement), .. Logging(spec, placement), .. Options(spec), .. Stopping(spec), .. ImageAndCommand(spec),
    ];

    /// <summary><c>exec …</c>, for a command in a running container.</summary>
    public static ImmutableArray<string> ForExec(ContainerSpec spec) =>
    [
        "exec", .. Flag("--privileged", spec.Privileged), .. One("--user", spec.User), .. Pairs("--env", spec.Environment), .. spec.Command,
    ];

    /// <summary><c>run …</c> of a shell in a container like this one, under another name and without the tool's labels.</summary>
    public static ImmutableArray<string> ForShell(ContainerSpec spec, string temporaryName, bool terminal) =>
    [
        "run", $"--name={temporaryName}", "--rm", "--pull=never", "--interactive", .. Flag("--tty", terminal),
        .. Options(spec with { Interactive = false, Tty = false, Entrypoint = ["/bin/sh"] }),
        ImageOf(spec), "-c", "if command -v bash >/dev/null; then exec bash; else exec sh; fi",
    ];

    private static string ImageOf(ContainerSpec spec) => spec.Image ?? spec.ImageId ?? "";

    private static IEnumerable<string> ImageAndCommand(ContainerSpec spec) => [ImageOf(spec), .. spec.Command];

    private static IEnumerable<string> Labels(ContainerSpec spec, ContainerPlacement placement)
    {
        var fingerprint = ContainerFingerprint.Of(spec);
        return
        [
            $"--label={ContainerLabels.ConfigId}={placement.ConfigId}",
            $"--label={ContainerLabels.ContainerName}={spec.Name}",
            $"--label={ContainerLabels.ManagedBy}={placement.ManagedBy}",
            $"--label={ContainerLabels.ConfigHash}={fingerprint.Hash}",
            $"--label={ContainerLabels.ConfigParts}={fingerprint.Parts}",
            .. One("--label", spec.Pause is { } pause ? $"{ContainerLabels.Pause}={string.Join(' ', [pause.Signal, .. pause.For])}" : null),
            .. One("--label", spec.Pause is { ForStop.IsEmpty: false } briefly ? $"{ContainerLabels.PauseForStop}={string.Join(' ', briefly.ForStop)}" : null),
            .. One("--label", spec.ReplaceOrder == ReplaceOrder.LoadFirst ? $"{ContainerLabels.ReplaceOrder}={ReplaceOrders.NameOf(spec.ReplaceOrder)}" : null),
            .. Pairs("--label", spec.Labels),
        ];
    }

    private static IEnumerable<string> Logging(ContainerSpec spec, ContainerPlacement placement) =>
        spec.LogDriver is { } driver
            ? [$"--log-driver={driver}", .. Many("--log-opt", spec.LogOptions)]
            : ["--log-driver=k8s-file", $"--log-opt=path={placement.LogDirectory}/{spec.Name}.log", .. Many("--log-opt", spec.LogOptions)];

    private static IEnumerable<string> Health(HealthCheck? health) => health is null
        ? []
        :
        [
            $"--health-cmd={health.Test}", $"--health-interval={health.Interval}s", $"--health-timeout={health.Timeout}s",
            $"--health-retries={health.Retries}", $"--health-start-period={health.StartPeriod}s",

            // "kill" would not let a database end gracefully; "restart" would be podman's, without the unit.
            .. health.Restarts ? ["--health-on-failure=stop"] : (ReadOnlySpan<string>)[],
        ];

    private static IEnumerable<string> Stopping(ContainerSpec spec) =>
        [.. One("--stop-timeout", spec.StopGrace), .. One("--stop-signal", spec.StopSignal)];

    private static IEnumerable<string> Options(ContainerSpec spec) =>
    [
        .. One("--net", spec.Net),
        .. One("--ipc", spec.Ipc),
        .. One("--pid", spec.Pid),
        .. One("--uts", spec.Uts),
        .. One("--userns", spec.UserNamespace),
        .. One("--cgroupns", spec.Cgroupns),
        .. One("--hostname", spec.Hostname),
        .. Many("--add-host", spec.ExtraHosts),
        .. One("--user", spec.User),
        .. Many("--group-add", spec.GroupAdd),
        .. Flag("--privileged", spec.Privileged),
        .. Many("--cap-add", spec.CapAdd),
        .. Many("--cap-drop", spec.CapDrop),
        .. Many("--security-opt", spec.SecurityOpt),
        .. Pairs("--sysctl", spec.Sysctl),
        .. Many("--env-file", spec.EnvFiles),
        .. Pairs("--env", spec.Environment),
        .. Many("--volume", spec.Volumes),
        .. Many("--volumes-from", spec.VolumesFrom),
        .. Many("--tmpfs", spec.Tmpfs),
        .. Many("--device", spec.Devices),
        .. Many("--ulimit", spec.Ulimits),
        .. One("--cpu-shares", spec.CpuShares),
        .. One("--cpuset-cpus", spec.CpusetCpus),
        .. One("--memory", spec.MemLimit is { } memory ? $"{memory}b" : null),
        .. One("--memory-swap", spec.MemswapLimit is { } swap ? swap < 0 ? "-1" : $"{swap}b" : null),
        .. One("--memory-swappiness", spec.MemSwappiness),
        .. One("--shm-size", spec.ShmSize is { } shared ? $"{shared}b" : null),
        .. Flag("--interactive", spec.Interactive),
        .. Flag("--tty", spec.Tty),
        .. Entrypoint(spec.Entrypoint),
    ];

    // One word unchanged; several as a JSON list, which podman splits itself.
    private static IEnumerable<string> Entrypoint(ImmutableArray<string> words) => words switch
    {
        [] => [],
        [var word] => [$"--entrypoint={word}"],
        _ => [$"--entrypoint={CanonicalJson.Write(new ListValue([.. words.Select(word => (Value)word)]))}"],
    };

    private static IEnumerable<string> Flag(string option, bool on) => on ? [option] : [];

    private static IEnumerable<string> One(string option, string? value) => value is null ? [] : [$"{option}={value}"];

    private static IEnumerable<string> One(string option, long? value) => value is null ? [] : [$"{option}={value}"];

    private static IEnumerable<string> Many(string option, ImmutableArray<string> values) => values.Select(value => $"{option}={value}");

    private static IEnumerable<string> Pairs(string option, ImmutableSortedDictionary<string, string> pairs) =>
        pairs.Select(pair => $"{option}={pair.Key}={pair.Value}");
}
