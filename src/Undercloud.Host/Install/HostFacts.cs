using System.Net;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Install;

/// <summary>What the planning needs to know about this host.</summary>
/// <param name="Hostname">Its name as it is, fully qualified when the host says so.</param>
/// <param name="IsContainer">Whether it is a container: it then has no clock of its own.</param>
/// <param name="SystemdRuns">Whether systemd is its PID 1.</param>
public sealed record HostFacts(string Hostname, bool IsContainer, bool SystemdRuns)
{
    /// <summary>Looks at this host.</summary>
    public static async Task<HostFacts> GatherAsync(IProcessRunner runner, CancellationToken stop)
    {
        var systemd = Directory.Exists("/run/systemd/system");
        var virtualisation = systemd ? await runner.RunAsync(CommandLine.Of("systemd-detect-virt", "--container"), stop) : null;
        var name = (await File.ReadAllTextAsync("/etc/hostname", stop)).Trim();
        return new(name.Length > 0 ? name : Dns.GetHostName(), virtualisation is { Succeeded: true }, systemd);
    }
}
