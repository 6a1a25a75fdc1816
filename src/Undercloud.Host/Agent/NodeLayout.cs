using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent;

/// <summary>The paths on a node. The defaults are those of a real node; tests set other directories.</summary>
public sealed record NodeLayout
{
    /// <summary>The directory of this tool's records about the node.</summary>
    public string StateDirectory { get; init; } = ToolState.Directory;

    public string ManifestFile => Path.Combine(StateDirectory, "manifest.json");

    public string OwnedFile => Path.Combine(StateDirectory, "owned.json");

    /// <summary>A damaged ownership record, kept when the record is recovered.</summary>
    public string DamagedOwnedFile => OwnedFile + ".damaged";

    /// <summary>Copies of foreign files that the tool's files replaced.</summary>
    public string OriginalsDirectory => Path.Combine(StateDirectory, "originals");

    /// <summary>The directory of records that last until the host restarts.</summary>
    public string RuntimeDirectory { get; init; } = "/run/undercloud";

    /// <summary>Tokens of logins, each the proof of a correct password (0600).</summary>
    public string TokensFile => Path.Combine(RuntimeDirectory, "tokens.json");

    public string LockFile => Path.Combine(StateDirectory, "lock");

    /// <summary>Exists while systemd is process 1 (sd_booted(3)).</summary>
    public string SystemdRuntime { get; init; } = "/run/systemd/system";

    public string UnitDirectory { get; init; } = "/etc/systemd/system";

    public string HostnameFile { get; init; } = "/etc/hostname";

    public string KernelHostname { get; init; } = "/proc/sys/kernel/hostname";

    public string MountTable { get; init; } = "/proc/self/mountinfo";

    /// <summary>All certificate authorities that the host trusts.</summary>
    public string TrustBundle { get; init; } = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>The network before a change that is not confirmed yet.</summary>
    public string GuardFile => Path.Combine(StateDirectory, "network-guard.json");

    /// <summary>The network that was applied and confirmed last, which a reboot restores.</summary>
    public string ConfirmedNetworkFile => Path.Combine(StateDirectory, "network.json");

    public string ResolverFile { get; init; } = "/etc/resolv.conf";

    public string ResolvedDirectory { get; init; } = "/etc/systemd/resolved.conf.d";

    /// <summary>resolvconf's records, one file each.</summary>
    public string ResolvconfDirectory { get; init; } = "/run/resolvconf/interface";

    public string KernelSettings { get; init; } = "/proc/sys";

    public string Ipv4Settings { get; init; } = "/proc/sys/net/ipv4/conf";

    public bool SystemdRuns => Directory.Exists(SystemdRuntime);
}
