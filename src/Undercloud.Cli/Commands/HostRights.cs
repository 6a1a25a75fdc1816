using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands;

/// <summary>The requirements of every command that changes this host: root, and systemd as process 1.</summary>
public static class HostRights
{
    /// <exception cref="InstallException">A requirement is not met.</exception>
    public static void Check() => Check(Environment.IsPrivilegedProcess, Directory.Exists("/run/systemd/system"));

    /// <param name="isRoot">Whether this process has root's privileges.</param>
    /// <param name="systemdRuns">Whether systemd is process 1.</param>
    /// <exception cref="InstallException">A requirement is not met.</exception>
    public static void Check(bool isRoot, bool systemdRuns)
    {
        if (!isRoot)
            throw new InstallException("This command changes packages, addresses, units and files of the host, which only root may do. Run it as root.");
        if (!systemdRuns)
        {
            throw new InstallException(
                "This host does not run systemd, and the undercloud's services are systemd units.\n"
                + "Run this on a host with systemd, or install into a throwaway host: undercloud install --sandbox");
        }
    }
}
