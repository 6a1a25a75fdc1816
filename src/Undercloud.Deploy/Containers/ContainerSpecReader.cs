using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>Reads one container's configuration: the keys that paunch reads, and also <c>config_hash</c> and <c>image_id</c>.</summary>
public static partial class ContainerSpecReader
{
    private static readonly FrozenSet<string> s_execKeys = FrozenSet.Create(
        StringComparer.Ordinal,
        "action", "command", "config_hash", "databases", "detach", "environment", "exit_codes", "image", "image_id", "job", "privileged", "start_order", "user");

    private static readonly FrozenSet<string> s_keys = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. s_execKeys, "cap_add", "cap_drop", "cgroupns", "check_interval", "cpu_shares", "cpuset_cpus", "depends_on", "device", "devices", "drain",
            "entrypoint", "env_file", "extra_hosts", "group_add", "healthcheck", "hostname", "interactive", "ipc", "labels", "listen", "log_driver", "log_opt",
            "log_tag", "mem_limit", "mem_swappiness", "memswap_limit", "net", "outlive", "pause_for", "pause_for_stop", "pause_signal", "pid", "remove", "replace_order", "replace_signal", "restart", "security_opt", "shm_size",
            "stop_grace_period", "stop_signal", "sysctl", "tmpfs", "tty", "ulimit", "userns", "uts", "volumes", "volumes_from",
        ]);

    private static readonly FrozenSet<string> s_healthKeys =
        FrozenSet.Create(StringComparer.Ordinal, "interval", "on_failure", "retries", "start_period", "test", "timeout");

    private static readonly FrozenSet<string> s_drainKeys = FrozenSet.Create(StringComparer.Ordinal, "test", "timeout");

    /// <summary>The container described by <paramref name="config"/>, or null when it is unusable.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="config">Its keys.</param>
    /// <param name="locate">Finds the place of the entry under some keys, for messages.</param>
    /// <param name="diagnostics">Receives all errors.</param>
    public static ContainerSpec? Read(string name, MapValue config, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var places = new TreeFindings(found, "CTR005", (keys, _) => locate([.. keys])) { UnknownKey = "CTR004" };
        var fields = new ValueCursor(config, $"Container '{name}': ", places);
        var kind = Kind(fields);
        fields.OnlyKeys(kind == ContainerKind.Exec ? s_execKeys : s_keys, kind == ContainerKind.Exec ? "an exec" : "a container");
        if (!NamePattern().IsMatch(name))
            fields.Fail("a name is made of letters, digits, '_', '-' and '.'");
        var spec = Process(Isolation(Limits(Storage(Identity(name, kind, fields), fields), fields), fields), fields, Restart(fields));
        Check(spec, fields);

        // Without a health check (container_healthcheck_disabled) nobody knows when the new container works.
        if (spec is { Health: null, ReplaceOrder: ReplaceOrder.StartFirst })
            spec = spec with { ReplaceOrder = ReplaceOrder.StopFirst };
        diagnostics.AddRange(found.All);
        return found.HasErrors ? null : spec;
    }

    private static ContainerKind Kind(ValueCursor fields) => fields["action"].Word() switch
    {
        null or "run" => fields["detach"].Flag(otherwise: true) ? ContainerKind.Service : ContainerKind.OneShot,
        "exec" => ContainerKind.Exec,
        _ => fields["action"].MustBe("run or exec", ContainerKind.Service),
    };

    private static ContainerSpec Identity(string name, ContainerKind kind, ValueCursor fields) => new()
    {
        Name = name,
        Kind = kind,
        Job = Job(fields),
        Databases = fields["databases"].Set(),
        Image = fields["image"].Word(),
        ImageId = ImageId(fields),
        ConfigHash = fields["config_hash"].Word(),
        StartOrder = (int)Math.Clamp(fields["start_order"].Whole() ?? 0, int.MinValue, int.MaxValue),
        Listen = fields["listen"].Sequence(),
        ReplaceSignal = fields["replace_signal"].Word(),
        Pause = Pause(fields),
        Drain = Drain(fields["drain"]),
        ReplaceOrder = Order(fields),
        Outlive = fields["outlive"].Word(),
        DependsOn = fields["depends_on"].Set(unit => unit.Contains('.') ? unit : ContainerUnit.NameOf(unit)),
        ExitCodes = ExitCodes(fields),
        Labels = fields["labels"].Pairs(),
    };

    private static ContainerJob? Job(ValueCursor fields) => fields["job"].Word() is not { } name
        ? null
        : ContainerJobs.Named(name) ?? fields["job"].MustBe<ContainerJob?>(string.Join(", ", ContainerJobs.Names), null);

    private static ReplaceOrder Order(ValueCursor fields) => fields["replace_order"].Word() is not { } name
        ? ReplaceOrder.StopFirst
        : ReplaceOrders.Named(name) ?? fields["replace_order"].MustBe(string.Join(", ", ReplaceOrders.Names), ReplaceOrder.StopFirst);

    private static ServicePause? Pause(ValueCursor fields) => fields["pause_signal"].Word() is { } signal ? new(signal, fields["pause_for"].Set(), fields["pause_for_stop"].Set()) : null;

    private static ServiceDrain? Drain(ValueCursor drain)
    {
        if (drain.Map().Count == 0)
            return null;
        drain.OnlyKeys(s_drainKeys, "a drain");
        if (drain["test"].Word() is not { } test)
        {
            drain["test"].Missing($"It is a shell command that ends with exit code {ServiceDrain.Busy} while the service is in the middle of work.");
            return null;
        }

        return new(test, drain["timeout"].Duration() ?? ServiceDrain.UsualTimeout);
    }

    private static ContainerSpec Storage(ContainerSpec spec, ValueCursor fields) => spec with
    {
        Volumes = fields["volumes"].Set(Volume),
        VolumesFrom = fields["volumes_from"].Set(),
        Tmpfs = fields["tmpfs"].Set(separator: ":"),
        Devices = [.. fields["device"].Set().Union(fields["devices"].Set()).Order(StringComparer.Ordinal)],
        ShmSize = fields["shm_size"].Size(),
    };

    private static ContainerSpec Limits(ContainerSpec spec, ValueCursor fields) => spec with
    {
        Ulimits = fields["ulimit"].Set(Ulimit),
        CpuShares = fields["cpu_shares"].Whole(),
        CpusetCpus = fields["cpuset_cpus"].Word() is { } cpus and not "all" ? cpus : null,
        MemLimit = fields["mem_limit"].Size(),
        MemswapLimit = fields["memswap_limit"].Size(unlimited: true),
        MemSwappiness = fields["mem_swappiness"].Whole(),
    };

    private static ContainerSpec Isolation(ContainerSpec spec, ValueCursor fields) => spec with
    {
        Net = fields["net"].Word(),
        Ipc = fields["ipc"].Word(),
        Pid = fields["pid"].Word(),
        Uts = fields["uts"].Word(),
        UserNamespace = fields["userns"].Word(),
        Cgroupns = fields["cgroupns"].Word(),
        User = fields["user"].Word(),
        GroupAdd = fields["group_add"].Set(),
        Privileged = fields["privileged"].Flag(),
        CapAdd = fields["cap_add"].Set(Capability),
        CapDrop = fields["cap_drop"].Set(Capability),
        SecurityOpt = fields["security_opt"].Set(),
        Hostname = fields["hostname"].Word(),
        ExtraHosts = fields["extra_hosts"].Set(separator: ":"),
        Sysctl = fields["sysctl"].Pairs(),
    };

    private static ContainerSpec Process(ContainerSpec spec, ValueCursor fields, RestartPolicy restart) => spec with
    {
        Command = fields["command"].Words(),
        Entrypoint = fields["entrypoint"].Words(),
        Environment = fields["environment"].Pairs(),
        EnvFiles = fields["env_file"].Sequence(),
        Restart = restart,
        Health = Health(fields, restart),
        StopGrace = fields["stop_grace_period"].Duration(),
        StopSignal = fields["stop_signal"].Word(),
        LogDriver = fields["log_driver"].Word(),
        LogOptions = LogOptions(fields),
        Interactive = fields["interactive"].Flag(),
        Tty = fields["tty"].Flag(),
        Remove = fields["remove"].Flag(),
    };

    private static HealthCheck? Health(ValueCursor fields, RestartPolicy restart)
    {
        var health = fields["healthcheck"];
        if (health.Map().Count == 0)
            return null;
        health.OnlyKeys(s_healthKeys, "a health check");
        var words = health["test"].Value is ListValue ? health["test"].Words() : [];
        var test = words switch
        {
            ["NONE"] => "",
            ["CMD-SHELL", var shell] => shell,
            ["CMD", .. var rest] => ShellWords.Join(rest),
            _ => words.Length > 0 ? ShellWords.Join(words) : health["test"].Word(),
        };
        if (test is null)
            health["test"].Missing("A health check needs a shell command, or [CMD, word, …].");
        if (string.IsNullOrEmpty(test))
            return null;
        var interval = health["interval"].Duration() ?? fields["check_interval"].Duration() ?? 60;
        var startPeriod = health["start_period"].Duration() ?? HealthCheck.UsualStartPeriod;
        return new(test, interval, health["timeout"].Duration() ?? 30, (int)(health["retries"].Whole() ?? 3), startPeriod, RestartsOnFailure(fields, health, restart));
    }

    // A stopped service exits successfully: only a unit that restarts it whatever the exit code can start it again.
    private static bool RestartsOnFailure(ValueCursor container, ValueCursor health, RestartPolicy restart)
    {
        var comesBack = restart is RestartPolicy.Always or RestartPolicy.UnlessStopped;
        switch (health["on_failure"].Word())
        {
            case null:
                return comesBack;
            case "none":
                return false;
            case "restart":
                if (!comesBack)
                    Error(container, "restart", "with 'on_failure: restart' in its health check it needs 'restart: always'.");
                return true;
            default:
                return health["on_failure"].MustBe("restart or none", false);
        }
    }

    // paunch omits "none"; Docker and systemd say "no". JSON made from YAML 1.1 turns a bare no into false.
    private static RestartPolicy Restart(ValueCursor fields) => fields["restart"].Word()?.ToLowerInvariant() switch
    {
        null or "no" or "none" or "false" => RestartPolicy.No,
        "always" => RestartPolicy.Always,
        "unless-stopped" => RestartPolicy.UnlessStopped,
        { } text when text == "on-failure" || text.StartsWith("on-failure:", StringComparison.Ordinal) => RestartPolicy.OnFailure,
        _ => fields["restart"].MustBe("no, always, on-failure or unless-stopped", RestartPolicy.No),
    };

    private static ImmutableArray<string> LogOptions(ValueCursor fields) =>
        fields["log_tag"].Word() is { } tag
            ? [.. fields["log_opt"].Set().Append($"tag={tag}").Distinct().Order(StringComparer.Ordinal)]
            : fields["log_opt"].Set();

    private static string? ImageId(ValueCursor fields)
    {
        if (fields["image_id"].Word() is not { } text)
            return null;
        var id = text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text;
        return id.Length == 64 && id.All(char.IsAsciiHexDigit)
            ? id.ToLowerInvariant()
            : fields["image_id"].MustBe<string?>("an image id of 64 hexadecimal digits", null);
    }

    private static ImmutableArray<int> ExitCodes(ValueCursor fields)
    {
        if (fields["exit_codes"].IsNull)
            return [0];
        var codes = fields["exit_codes"].Set();
        return codes.Length > 0 && codes.All(code => byte.TryParse(code, out _))
            ? [.. codes.Select(int.Parse).Order()]
            : fields["exit_codes"].MustBe<ImmutableArray<int>>("a list of exit codes from 0 to 255", [0]);
    }

    private static void Check(ContainerSpec spec, ValueCursor fields)
    {
        if (spec.Kind == ContainerKind.Exec && spec.Command.Length < 2)
            Error(fields, "command", "the command of an exec is a container's name and the words to run in it.");
        if (spec.Kind != ContainerKind.Exec && spec.Image is null && spec.ImageId is null)
            fields.Fail("it names no 'image'");
        if (spec is { Kind: ContainerKind.Service, Job: not null })
            Error(fields, "job", "a service is no job.", "Leave 'job' out, or write 'detach: false' for a command that runs once.");
        if ((spec.Job == ContainerJob.Migrate) == spec.Databases.IsEmpty)
            Error(fields, spec.Databases.IsEmpty ? "job" : "databases", "'databases' names those whose schema a 'job: migrate' changes.", "Write both or neither.");
        if (spec.Kind != ContainerKind.Service && (spec.Listen.Length > 0 || spec.Pause is not null || spec.Drain is not null))
            Error(fields, spec.Listen.Length > 0 ? "listen" : spec.Pause is not null ? "pause_signal" : "drain", "only a service has it.");
        if (spec.Pause is null && new[] { "pause_for", "pause_for_stop" }.FirstOrDefault(key => !fields[key].IsNull) is { } pause)
            Error(fields, pause, "it has no effect without 'pause_signal', at which the service lets requests wait.", "Add pause_signal, e.g. SIGTSTP, or leave it out.");
        if (spec is { ReplaceOrder: not ReplaceOrder.StopFirst, Kind: not ContainerKind.Service })
            Error(fields, "replace_order", $"{ReplaceOrders.NameOf(spec.ReplaceOrder)} is for a service: two of its containers run for a moment.", $"Leave it out, or write {ReplaceOrders.NameOf(ReplaceOrder.StopFirst)}.");
        foreach (var address in spec.Listen.Where(address => !AddressPattern().IsMatch(address)))
            Error(fields, "listen", $"'{address}' is no address of a socket.", "Write ADDRESS:PORT, an IPv6 address in brackets.");
        foreach (var (key, signal) in new[] { ("pause_signal", spec.Pause?.Signal), ("replace_signal", spec.ReplaceSignal) })
        {
            if (signal is not null && !SignalPattern().IsMatch(signal))
                Error(fields, key, $"'{signal}' is no signal.", "Write its name, e.g. SIGTSTP.");
        }

        if (spec.Outlive is { } heir && (!UnitPattern().IsMatch(heir) || spec is not { Kind: ContainerKind.Service, Pid: "host", Net: "host" }))
            Error(fields, "outlive", "it names the systemd unit that takes over the servers of a service with 'net: host' and 'pid: host'.", "Write e.g. undercloud-namespaces.service, or leave it out.");
        foreach (var unit in spec.DependsOn.Where(unit => !UnitPattern().IsMatch(unit)))
            Error(fields, "depends_on", $"'{unit}' is neither a container nor a unit.", "Write a container's name, or a unit's, e.g. openvswitch-switch.service.");
        foreach (var label in spec.Labels.Keys.Where(ContainerLabels.Reserved.Contains))
            Error(fields, "labels", $"the label '{label}' is the tool's own.");
        foreach (var volume in spec.Volumes.Where(volume => !VolumePattern().IsMatch(volume)))
            Error(fields, "volumes", $"'{volume}' is no volume.", "Write source:/destination[:options], the source an absolute path or a volume's name.");
    }

    private static void Error(ValueCursor fields, string key, string message, string? remedy = null) => fields[key].Error($"{fields.Where}{message}", remedy);

    private static string Volume(string volume)
    {
        var parts = volume.Split(':', 3);
        if (parts.Length < 3)
            return volume;
        var options = parts[2].Split(',').Where(option => option is not ("" or "rw")).Distinct().Order(StringComparer.Ordinal);
        return string.Join(':', parts.Take(2).Append(string.Join(',', options)).Where(part => part.Length > 0));
    }

    private static string Ulimit(string limit) =>
        limit.Split('=', 2) is [var name, var value] && !value.Contains(':') ? $"{name}={value}:{value}" : limit;

    private static string Capability(string capability)
    {
        var name = capability.ToUpperInvariant();
        return name.StartsWith("CAP_", StringComparison.Ordinal) ? name[4..] : name;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]*\z")]
    private static partial Regex NamePattern();

    // A unit's name is written to another unit's file, and its container's name to a command of root's there: no blank, quote, % or $.
    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.@:-]*\.(service|socket|target|mount|path|timer|device)\z")]
    private static partial Regex UnitPattern();

    // Written to a unit's file.
    [GeneratedRegex(@"^([0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}\z")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"^SIG[A-Z0-9]+\z")]
    private static partial Regex SignalPattern();

    [GeneratedRegex("^((/[^:]*|[a-zA-Z0-9][a-zA-Z0-9_.-]*):/[^:]*(:[^:]+)?|/[^:]*)$")]
    private static partial Regex VolumePattern();
}
