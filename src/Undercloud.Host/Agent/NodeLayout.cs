using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent;

/// <summary>Where things are on a node. The defaults are a real one's; tests bring a directory of their own.</summary>
public sealed record NodeLayout
{
    /// <summary>What this tool remembers about the node.</summary>
    public string StateDirectory { get; init; } = ToolState.Directory;

    public string ManifestFile => Path.Combine(StateDirectory, "manifest.json");

    public string OwnedFile => Path.Combine(StateDirectory, "owned.json");

    /// <summary>A record that could not be read any more, kept when it was made anew.</summary>
    public string DamagedOwnedFile => OwnedFile + ".damaged";

    /// <summary>Copies of the foreign files that ours replaced.</summary>
    public string OriginalsDirectory => Path.Combine(StateDirectory, "originals");

    /// <summary>What this tool keeps until the next start of the host.</summary>
    public string RuntimeDirectory { get; init; } = "/run/undercloud";

    /// <summary>Tokens of logins that proved a password right (0600).</summary>
    public string TokensFile => Path.Combine(RuntimeDirectory, "tokens.json");

    public string LockFile => Path.Combine(StateDirectory, "lock");

    /// <summary>There while systemd is process 1 (sd_booted(3)).</summary>
    public string SystemdRuntime { get; init; } = "/run/systemd/system";

    public string UnitDirectory { get; init; } = "/etc/systemd/system";

    public string HostnameFile { get; init; } = "/etc/hostname";

    public string KernelHostname { get; init; } = "/proc/sys/kernel/hostname";

    public string MountTable { get; init; } = "/proc/self/mountinfo";

    /// <summary>Every certificate authority that the host trusts.</summary>
    public string TrustBundle { get; init; } = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>The network before a change that is not confirmed yet.</summary>
    public string GuardFile => Path.Combine(StateDirectory, "network-guard.json");

    /// <summary>The network that was applied and confirmed last, which a start of the host goes back to.</summary>
    public string ConfirmedNetworkFile => Path.Combine(StateDirectory, "network.json");

    public string ResolverFile { get; init; } = "/etc/resolv.conf";

    public string ResolvedDirectory { get; init; } = "/etc/systemd/resolved.conf.d";

    /// <summary>What resolvconf was told, a file for each.</summary>
    public string ResolvconfDirectory { get; init; } = "/run/resolvconf/interface";

    public string KernelSettings { get; init; } = "/proc/sys";

    public string Ipv4Settings { get; init; } = "/proc/sys/net/ipv4/conf";

    public bool SystemdRuns => Directory.Exists(SystemdRuntime);
}
