using System.Globalization;

namespace Undercloud.Host.Checks;

/// <summary>Finds out which restarts became necessary on this host. Whatever cannot be read, such as a process that ends meanwhile, is skipped.</summary>
/// <param name="root">The root directory of the host.</param>
public sealed class RestartReader(string root = "/")
{
    private const string Kernel = "vmlinuz-";

    /// <summary>The restarts that are due.</summary>
    public DueRestarts Read() => DueRestarts.Of(
        Text("proc/sys/kernel/osrelease").Trim(),
        Entries("boot", $"{Kernel}*").Select(path => Path.GetFileName(path)[Kernel.Length..]),
        File.Exists(At("run/reboot-required")) ? [.. Text("run/reboot-required.pkgs").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Order(StringComparer.Ordinal)] : null,
        [.. Processes()]);

    private IEnumerable<StaleProcess> Processes()
    {
        if (StaleProcess.RootIn(Text("proc/1/mountinfo")) is not { } own)
            yield break;
        foreach (var path in Entries("proc", "*"))
        {
            // This program is over soon.
            if (!int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
                continue;
            if (StaleProcess.RootIn(Text($"proc/{id}/mountinfo")) == own && StaleProcess.ReplacedIn(Program(id), Text($"proc/{id}/maps").Split('\n')) is { } file)
                yield return new(id, StaleProcess.ControlGroupIn(Text($"proc/{id}/cgroup")), file);
        }
    }

    private string At(string path) => Path.Combine(root, path);

    private string? Program(int id) => Read(() => new FileInfo(At($"proc/{id}/exe")).LinkTarget, null);

    private string Text(string path) => Read(() => File.ReadAllText(At(path)), "");

    private string[] Entries(string directory, string pattern) => Read(() => Directory.GetFileSystemEntries(At(directory), pattern), []);

    private static T Read<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
