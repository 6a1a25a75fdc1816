using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
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
            .. s_execKeys, "cap_add", "cap_drop", "cgroupns", "check_interval", "cpu_shares", "cpuset_cpus", "depends_on", "device", "devices",
            "entrypoint", "env_file", "extra_hosts", "group_add", "healthcheck", "hostname", "interactive", "ipc", "labels", "log_driver", "log_opt",
            "log_tag", "mem_limit", "mem_swappiness", "memswap_limit", "net", "pid", "remove", "restart", "security_opt", "shm_size",
            "stop_grace_period", "stop_signal", "sysctl", "tmpfs", "tty", "ulimit", "userns", "uts", "volumes", "volumes_from",
        ]);

    private static readonly FrozenSet<string> s_healthKeys =
        FrozenSet.Create(StringComparer.Ordinal, "interval", "on_failure", "retries", "start_period", "test", "timeout");

    /// <summary>The container described by <paramref name="config"/>, or null when it is unusable.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="config">Its keys.</param>
    /// <param name="locate">Finds the place of the entry under some keys, for messages.</param>
    /// <param name="diagnostics">Receives all errors.</param>
    public static ContainerSpec? Read(string name, MapValue config, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var fields = new ContainerFields(name, config, locate, found);
        var kind = Kind(fields);
        fields.Only(kind == ContainerKind.Exec ? s_execKeys : s_keys, kind == ContainerKind.Exec ? "The exec" : "Container");
        if (!NamePattern().IsMatch(name))
            fields.Error(null, "a name is made of letters, digits, '_', '-' and '.'.");
        var spec = Process(Isolation(Limits(Storage(Identity(name, kind, fields), fields), fields), fields), fields, Restart(fields));
        Check(spec, fields);
        diagnostics.AddRange(found.All);
        return found.HasErrors ? null : spec;
    }

    private static ContainerKind Kind(ContainerFields fields) => fields.Text("action") switch
    {
        null or "run" => fields.Flag("detach", otherwise: true) ? ContainerKind.Service : ContainerKind.OneShot,
        "exec" => ContainerKind.Exec,
        _ => fields.Wrong("action", "run or exec", ContainerKind.Service),
    };

    private static ContainerSpec Identity(string name, ContainerKind kind, ContainerFields fields) => new()
    {
        Name = name,
        Kind = kind,
        Job = Job(fields),
        Databases = fields.Set("databases"),
        Image = fields.Text("image"),
        ImageId = ImageId(fields),
        ConfigHash = fields.Text("config_hash"),
        StartOrder = (int)Math.Clamp(fields.Whole("start_order") ?? 0, int.MinValue, int.MaxValue),
        DependsOn = fields.Set("depends_on", unit => unit.Contains('.') ? unit : ContainerUnit.NameOf(unit)),
        ExitCodes = ExitCodes(fields),
        Labels = fields.Pairs("labels"),
    };

    private static ContainerJob? Job(ContainerFields fields) => fields.Text("job") is not { } name
        ? null
        : ContainerJobs.Named(name) ?? fields.Wrong<ContainerJob?>("job", string.Join(", ", ContainerJobs.Names), null);

    private static ContainerSpec Storage(ContainerSpec spec, ContainerFields fields) => spec with
    {
        Volumes = fields.Set("volumes", Volume),
        VolumesFrom = fields.Set("volumes_from"),
        Tmpfs = fields.Set("tmpfs", separator: ":"),
        Devices = [.. fields.Set("device").Union(fields.Set("devices")).Order(StringComparer.Ordinal)],
        ShmSize = fields.Size("shm_size"),
    };

    private static ContainerSpec Limits(ContainerSpec spec, ContainerFields fields) => spec with
    {
        Ulimits = fields.Set("ulimit", Ulimit),
        CpuShares = fields.Whole("cpu_shares"),
        CpusetCpus = fields.Text("cpuset_cpus") is { } cpus and not "all" ? cpus : null,
        MemLimit = fields.Size("mem_limit"),
        MemswapLimit = fields.Size("memswap_limit", unlimited: true),
        MemSwappiness = fields.Whole("mem_swappiness"),
    };

    private static ContainerSpec Isolation(ContainerSpec spec, ContainerFields fields) => spec with
    {
        Net = fields.Text("net"),
        Ipc = fields.Text("ipc"),
        Pid = fields.Text("pid"),
        Uts = fields.Text("uts"),
        UserNamespace = fields.Text("userns"),
        Cgroupns = fields.Text("cgroupns"),
        User = fields.Text("user"),
        GroupAdd = fields.Set("group_add"),
        Privileged = fields.Flag("privileged"),
        CapAdd = fields.Set("cap_add", Capability),
        CapDrop = fields.Set("cap_drop", Capability),
        SecurityOpt = fields.Set("security_opt"),
        Hostname = fields.Text("hostname"),
        ExtraHosts = fields.Set("extra_hosts", separator: ":"),
        Sysctl = fields.Pairs("sysctl"),
    };

    private static ContainerSpec Process(ContainerSpec spec, ContainerFields fields, RestartPolicy restart) => spec with
    {
        Command = fields.Words("command"),
        Entrypoint = fields.Words("entrypoint"),
        Environment = fields.Pairs("environment"),
        EnvFiles = fields.Sequence("env_file"),
        Restart = restart,
        Health = Health(fields, restart),
        StopGrace = fields.Duration("stop_grace_period"),
        StopSignal = fields.Text("stop_signal"),
        LogDriver = fields.Text("log_driver"),
        LogOptions = LogOptions(fields),
        Interactive = fields.Flag("interactive"),
        Tty = fields.Flag("tty"),
        Remove = fields.Flag("remove"),
    };

    private static HealthCheck? Health(ContainerFields fields, RestartPolicy restart)
    {
        if (fields.Below("healthcheck", out var map) is not { } health || map.Count == 0)
            return null;
        health.Only(s_healthKeys, "The health check of");
        var words = map["test"] is ListValue ? health.Words("test") : [];
        var test = words switch
        {
            ["NONE"] => "",
            ["CMD-SHELL", var shell] => shell,
            ["CMD", .. var rest] => ShellWords.Join(rest),
            _ => words.Length > 0 ? ShellWords.Join(words) : health.Text("test"),
        };
        if (test is null)
            health.Error("test", "a health check needs a 'test': a shell command, or [CMD, word, …].");
        if (string.IsNullOrEmpty(test))
            return null;
        var interval = health.Duration("interval") ?? fields.Duration("check_interval") ?? 60;
        var startPeriod = health.Duration("start_period") ?? HealthCheck.UsualStartPeriod;
        return new(test, interval, health.Duration("timeout") ?? 30, (int)(health.Whole("retries") ?? 3), startPeriod, RestartsOnFailure(fields, health, restart));
    }

    // A stopped service exits successfully: only a unit that restarts it whatever the exit code can start it again.
    private static bool RestartsOnFailure(ContainerFields container, ContainerFields health, RestartPolicy restart)
    {
        var comesBack = restart is RestartPolicy.Always or RestartPolicy.UnlessStopped;
        switch (health.Text("on_failure"))
        {
            case null:
                return comesBack;
            case "none":
                return false;
            case "restart":
                if (!comesBack)
                    container.Error("restart", "with 'on_failure: restart' in its health check it needs 'restart: always'.");
                return true;
            default:
                return health.Wrong("on_failure", "restart or none", false);
        }
    }

    // paunch omits "none"; Docker and systemd say "no". JSON made from YAML 1.1 turns a bare no into false.
    private static RestartPolicy Restart(ContainerFields fields) => fields.Text("restart")?.ToLowerInvariant() switch
    {
        null or "no" or "none" or "false" => RestartPolicy.No,
        "always" => RestartPolicy.Always,
        "unless-stopped" => RestartPolicy.UnlessStopped,
        { } text when text == "on-failure" || text.StartsWith("on-failure:", StringComparison.Ordinal) => RestartPolicy.OnFailure,
        _ => fields.Wrong("restart", "no, always, on-failure or unless-stopped", RestartPolicy.No),
    };

    private static ImmutableArray<string> LogOptions(ContainerFields fields) =>
        fields.Text("log_tag") is { } tag
            ? [.. fields.Set("log_opt").Append($"tag={tag}").Distinct().Order(StringComparer.Ordinal)]
            : fields.Set("log_opt");

    private static string? ImageId(ContainerFields fields)
    {
        if (fields.Text("image_id") is not { } text)
            return null;
        var id = text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text;
        return id.Length == 64 && id.All(char.IsAsciiHexDigit)
            ? id.ToLowerInvariant()
            : fields.Wrong<string?>("image_id", "an image id of 64 hexadecimal digits", null);
    }

    private static ImmutableArray<int> ExitCodes(ContainerFields fields)
    {
        if (!fields.Has("exit_codes"))
            return [0];
        var codes = fields.Set("exit_codes");
        return codes.Length > 0 && codes.All(code => byte.TryParse(code, out _))
            ? [.. codes.Select(int.Parse).Order()]
            : fields.Wrong<ImmutableArray<int>>("exit_codes", "a list of exit codes from 0 to 255", [0]);
    }

    private static void Check(ContainerSpec spec, ContainerFields fields)
    {
        if (spec.Kind == ContainerKind.Exec && spec.Command.Length < 2)
            fields.Error("command", "the command of an exec is a container's name and the words to run in it.");
        if (spec.Kind != ContainerKind.Exec && spec.Image is null && spec.ImageId is null)
            fields.Error(null, "it names no 'image'.");
        if (spec is { Kind: ContainerKind.Service, Job: not null })
            fields.Error("job", "a service is no job.", "Leave 'job' out, or write 'detach: false' for a command that runs once.");
        if ((spec.Job == ContainerJob.Migrate) == spec.Databases.IsEmpty)
            fields.Error(spec.Databases.IsEmpty ? "job" : "databases", "'databases' names those whose schema a 'job: migrate' changes.", "Write both or neither.");
        foreach (var unit in spec.DependsOn.Where(unit => !UnitPattern().IsMatch(unit)))
            fields.Error("depends_on", $"'{unit}' is neither a container nor a unit.", "Write a container's name, or a unit's, e.g. openvswitch-switch.service.");
        foreach (var label in spec.Labels.Keys.Where(ContainerLabels.Reserved.Contains))
            fields.Error("labels", $"the label '{label}' is the tool's own.");
        foreach (var volume in spec.Volumes.Where(volume => !VolumePattern().IsMatch(volume)))
            fields.Error("volumes", $"'{volume}' is no volume.", "Write source:/destination[:options], the source an absolute path or a volume's name.");
    }

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

    [GeneratedRegex("^((/[^:]*|[a-zA-Z0-9][a-zA-Z0-9_.-]*):/[^:]*(:[^:]+)?|/[^:]*)$")]
    private static partial Regex VolumePattern();
}
