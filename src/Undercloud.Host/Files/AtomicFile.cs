using System.Text;

namespace Undercloud.Host.Files;

/// <summary>Writes files atomically: to a temporary file beside the target, synchronised, then renamed over the target.</summary>
public static class AtomicFile
{
    /// <summary>The default mode, 0600.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0644.</summary>
    public const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes <paramref name="text"/> as UTF-8 unless the file has that content and mode already.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool WriteText(string path, string text, UnixFileMode mode = Private) => WriteBytes(path, Encoding.UTF8.GetBytes(text), mode);

    /// <summary>Writes <paramref name="content"/> unless the file has that content and mode already.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool WriteBytes(string path, ReadOnlySpan<byte> content, UnixFileMode mode = Private)
    {
        if (File.Exists(path) && File.GetUnixFileMode(path) == mode && content.SequenceEqual(File.ReadAllBytes(path)))
            return false;
        Replace(path, content, mode, beforeRename: null);
        return true;
    }

    /// <summary>
    /// Replaces the file without comparing it first. <paramref name="beforeRename"/> gets the path of the temporary file, to set its owner: the new content
    /// is never visible with the wrong owner.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode, Action<string>? beforeRename)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.new");

        // Deleted first: a service's user may write to the directory and may have put a symbolic link there.
        File.Delete(temporary);
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = Private,
            }))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.SetUnixFileMode(temporary, mode);
            beforeRename?.Invoke(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
