using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands;

/// <summary>What every command that changes this host needs: root, and a host that systemd runs.</summary>
public static class HostRights
{
    /// <exception cref="InstallException">One of them is missing.</exception>
    public static void Check() => Check(Environment.IsPrivilegedProcess, Directory.Exists("/run/systemd/system"));

    /// <param name="isRoot">Whether this process may do everything.</param>
    /// <param name="systemdRuns">Whether systemd is process 1.</param>
    /// <exception cref="InstallException">One of them is missing.</exception>
    public static void Check(bool isRoot, bool systemdRuns)
    {
        if (!isRoot)
            throw new InstallException("This changes the host: packages, addresses, units, files. Only root may do that. Run the same command as root.");
        if (!systemdRuns)
        {
            throw new InstallException(
                "systemd does not run this host, and the undercloud's services are systemd units.\n"
                + "Run this on a host that systemd runs, or install into a throwaway one: undercloud install --sandbox");
        }
    }
}
