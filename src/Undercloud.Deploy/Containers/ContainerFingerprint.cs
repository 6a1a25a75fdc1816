using System.Security.Cryptography;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>A hash of a container's normalised specification, configuration files and image.</summary>
/// <param name="Hash">SHA-256 over the three, 64 hexadecimal digits.</param>
/// <param name="Parts">A short hash of each: <c>specification=… configuration=… image=…</c>.</param>
public sealed record ContainerFingerprint(string Hash, string Parts)
{
    // A change here replaces every container at the next apply: raise it only when existing containers must be replaced.
    private const int Form = 1;

    public static ContainerFingerprint Of(ContainerSpec spec)
    {
        var specification = Digest(CanonicalJson.Write(Canonical(spec)));
        var configuration = Digest(spec.ConfigHash ?? "");
        var image = Digest(spec.ImageId ?? "");
        return new(
            Digest($"{Form} {specification} {configuration} {image}"),
            $"specification={specification[..12]} configuration={configuration[..12]} image={image[..12]}");
    }

    /// <summary>Names the parts that differ between this and the <paramref name="labelled"/> one, e.g. "image differs".</summary>
    public string Difference(string? labelled)
    {
        var theirs = (labelled ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (theirs.Length != 3)
            return "specification differs";
        var differing = Parts.Split(' ').Except(theirs).Select(part => part[..part.IndexOf('=')]).ToArray();
        return differing.Length == 0 ? "specification differs" : $"{string.Join(" and ", differing)} differ{(differing.Length == 1 ? "s" : "")}";
    }

    /// <summary>
    /// The specification as a value with every field whose change needs a new container. Excluded are name and image name (the id identifies
    /// the image), order, restart policy and unit dependencies (these are in the unit), exit codes.
    /// </summary>
    public static MapValue Canonical(ContainerSpec spec)
    {
        var fields = new SpecificationFields();
        fields.Add("kind", spec.Kind.ToString());
        fields.Add("command", spec.Command);
        fields.Add("entrypoint", spec.Entrypoint);
        fields.Add("net", spec.Net);
        fields.Add("ipc", spec.Ipc);
        fields.Add("pid", spec.Pid);
        fields.Add("uts", spec.Uts);
        fields.Add("userns", spec.UserNamespace);
        fields.Add("cgroupns", spec.Cgroupns);
        fields.Add("user", spec.User);
        fields.Add("group_add", spec.GroupAdd);
        fields.Add("privileged", spec.Privileged);
        fields.Add("cap_add", spec.CapAdd);
        fields.Add("cap_drop", spec.CapDrop);
        fields.Add("security_opt", spec.SecurityOpt);
        fields.Add("hostname", spec.Hostname);
        fields.Add("extra_hosts", spec.ExtraHosts);
        fields.Add("sysctl", spec.Sysctl);
        AddStorageAndLimits(fields, spec);
        AddProcess(fields, spec);
        return fields.ToMap();
    }

    private static void AddStorageAndLimits(SpecificationFields fields, ContainerSpec spec)
    {
        fields.Add("volumes", spec.Volumes);
        fields.Add("volumes_from", spec.VolumesFrom);
        fields.Add("tmpfs", spec.Tmpfs);
        fields.Add("devices", spec.Devices);
        fields.Add("shm_size", spec.ShmSize);
        fields.Add("ulimit", spec.Ulimits);
        fields.Add("cpu_shares", spec.CpuShares);
        fields.Add("cpuset_cpus", spec.CpusetCpus);
        fields.Add("mem_limit", spec.MemLimit);
        fields.Add("memswap_limit", spec.MemswapLimit);
        fields.Add("mem_swappiness", spec.MemSwappiness);
    }

    private static void AddProcess(SpecificationFields fields, ContainerSpec spec)
    {
        fields.Add("environment", spec.Environment);
        fields.Add("env_file", spec.EnvFiles);
        fields.Add("stop_grace_period", spec.StopGrace);
        fields.Add("stop_signal", spec.StopSignal);
        fields.Add("log_driver", spec.LogDriver);
        fields.Add("log_opt", spec.LogOptions);
        fields.Add("labels", spec.Labels);
        fields.Add("interactive", spec.Interactive);
        fields.Add("tty", spec.Tty);
        fields.Add("remove", spec.Remove);
        fields.Add("replace_signal", spec.ReplaceSignal);
        fields.Add("listen", spec.Listen);
        if (spec.Pause is { } pause)
        {
            fields.Add("pause_signal", pause.Signal);
            fields.Add("pause_for", pause.For);
            fields.Add("pause_for_stop", pause.ForStop);
        }

        if (spec.Health is { } health)
        {
            fields.Add("health_test", health.Test);
            fields.Add("health_interval", health.Interval);
            fields.Add("health_timeout", health.Timeout);
            fields.Add("health_retries", health.Retries);
            fields.Add("health_start_period", health.StartPeriod);
            fields.Add("health_restarts", health.Restarts);
        }
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
