using System.Globalization;

namespace Undercloud.Host.Files;

/// <summary>
/// Temporary directories (0700). Root's are in /run/undercloud and carry the process id in their name, so that those of killed processes, which may hold
/// secrets, are found and removed.
/// </summary>
public static class ScratchDirectory
{
    private const string Root = "/run/undercloud";
    private const string Prefix = "scratch-";

    /// <summary>Creates a directory, which the caller deletes. Directories of killed processes are removed first.</summary>
    /// <param name="purpose">A word for the directory's name.</param>
    public static DirectoryInfo Make(string purpose)
    {
        if (!Environment.IsPrivilegedProcess)
            return Directory.CreateTempSubdirectory($"undercloud-{purpose}-");
        RemoveLeft(Root);
        return Directory.CreateDirectory(
            Path.Combine(Root, $"{Prefix}{Environment.ProcessId}-{purpose}-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Removes the directories of processes that have ended.</summary>
    internal static void RemoveLeft(string root)
    {
        if (!Directory.Exists(root))
            return;
        foreach (var left in Directory.EnumerateDirectories(root, Prefix + "*").Where(path => !IsOfLiving(Path.GetFileName(path))).ToList())
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another run removed it meanwhile.
            }
        }
    }

    private static bool IsOfLiving(string name) =>
        !int.TryParse(name[Prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) || Directory.Exists($"/proc/{process}");
}
