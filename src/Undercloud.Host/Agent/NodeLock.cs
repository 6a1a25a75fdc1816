using System.Text;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>
/// Lets one run at a time change a node. The kernel holds the lock, so that it ends with its process; the file only names the holder. The agent verbs
/// that a run calls do not take the lock.
/// </summary>
public sealed class NodeLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private NodeLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the lock without waiting.</summary>
    /// <param name="path">The lock file, which is created when missing.</param>
    /// <param name="what">The holder's command, e.g. undercloud install.</param>
    /// <param name="holder">The holder when null is returned, e.g. "process 4711 (undercloud install)".</param>
    /// <returns>The lock, which has to be disposed; null when another process holds it.</returns>
    public static NodeLock? TryAcquire(string path, string what, out string? holder)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        while (true)
        {
            var file = new FileStream(PosixFile.OpenUnlocked(path), FileAccess.ReadWrite);
            if (!PosixFile.TryLock(file.SafeFileHandle, path))
            {
                using (file)
                    holder = Read(file);
                return null;
            }

            // The last holder may have removed the file after it was opened here: a lock on a removed file excludes nobody.
            if (FileStatus.Of(file.SafeFileHandle).Inode == FileStatus.Of(path)?.Inode)
            {
                holder = null;
                Write(file, $"process {Environment.ProcessId} ({what})\n");
                return new(file, path);
            }

            file.Dispose();
        }
    }

    /// <summary>Removes the file as well; the lock is held until it is disposed.</summary>
    public void Remove() => File.Delete(_path);

    public void Dispose()
    {
        if (_file.CanWrite)
            Write(_file, "");
        _file.Dispose();
    }

    private static string Read(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd().Trim();
        return text.Length > 0 ? text : "a process that is just starting or ending";
    }

    private static void Write(FileStream file, string text)
    {
        file.SetLength(0);
        file.Position = 0;
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush();
    }
}
