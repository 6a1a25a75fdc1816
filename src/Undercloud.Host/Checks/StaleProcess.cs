namespace Undercloud.Host.Checks;

/// <summary>A process of the host that runs a program or a library that was replaced since it started.</summary>
/// <param name="Id">The process id.</param>
/// <param name="ControlGroup">The path of its control group, e.g. <c>/system.slice/cron.service</c>.</param>
/// <param name="File">The path of the replaced file.</param>
public sealed record StaleProcess(int Id, string ControlGroup, string File)
{
    private const string Deleted = " (deleted)";

    /// <summary>
    /// The root file system of a process, from the text of its mountinfo; null for none. A container has a root of its own, while a service with a private
    /// /tmp has the host's in a mount namespace of its own.
    /// </summary>
    internal static string? RootIn(string mountInfo) => mountInfo.Split('\n')
        .Select(line => line.Split(' '))
        .LastOrDefault(fields => fields.Length > 4 && fields[4] == "/") is { } mount ? $"{mount[2]} {mount[3]}" : null;

    /// <summary>The replaced file that a process runs, from the target of its exe link and the lines of its maps; null for none.</summary>
    internal static string? ReplacedIn(string? program, IEnumerable<string> maps) =>
        maps.Where(line => line.EndsWith(Deleted, StringComparison.Ordinal))
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 6 && fields[1].Contains('x'))
            .Select(fields => fields[5])
            .Prepend(program ?? "")
            .FirstOrDefault(path => path.EndsWith(Deleted, StringComparison.Ordinal) && IsInstalled(path))?[..^Deleted.Length];

    /// <summary>The path in the text of /proc/ID/cgroup: that of the unified hierarchy, or of systemd's own.</summary>
    internal static string ControlGroupIn(string text) => text.Split('\n')
        .Select(line => line.Split(':', 3))
        .FirstOrDefault(fields => fields is ["0", "", _] or [_, "name=systemd", _])?[2].Trim() ?? "";

    // What programs unlink themselves in /tmp, /run and /dev/shm was not replaced by anybody.
    private static bool IsInstalled(string path) => new[] { "/usr/", "/lib", "/bin/", "/sbin/" }.Any(start => path.StartsWith(start, StringComparison.Ordinal));
}
