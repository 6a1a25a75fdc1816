using System.Globalization;

namespace Undercloud.Host.Files;

/// <summary>
/// Directories for a moment, 0700. Those of root are in /run/undercloud and named by their process, so that what a process that was killed has left
/// is found and removed; they may hold secrets.
/// </summary>
public static class ScratchDirectory
{
    private const string Root = "/run/undercloud";
    private const string Prefix = "scratch-";

    /// <summary>A new one, to be deleted by the caller. What killed processes left goes before.</summary>
    /// <param name="purpose">A word that becomes a part of its name.</param>
    public static DirectoryInfo Make(string purpose)
    {
        if (!Environment.IsPrivilegedProcess)
            return Directory.CreateTempSubdirectory($"undercloud-{purpose}-");
        RemoveLeft(Root);
        return Directory.CreateDirectory(
            Path.Combine(Root, $"{Prefix}{Environment.ProcessId}-{purpose}-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Removes the directories of processes that are not there any more.</summary>
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
                // Another run has removed it meanwhile.
            }
        }
    }

    private static bool IsOfLiving(string name) =>
        !int.TryParse(name[Prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) || Directory.Exists($"/proc/{process}");
}
