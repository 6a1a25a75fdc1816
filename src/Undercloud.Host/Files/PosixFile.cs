using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Undercloud.Host.Files;

/// <summary>The file operations of the C library that .NET does not offer.</summary>
internal static partial class PosixFile
{
    /// <summary>Device or resource busy: the error of rename(2) when the target is a mount point.</summary>
    public const int Busy = 16;

    private const int WouldBlock = 11;
    private const int CloseOnExec = 0x80000;
    private const int ReadWriteCreate = 0x42;

    /// <summary>Sets owner and group of the path itself; a symbolic link is not followed.</summary>
    public static void SetOwner(string path, int uid, int gid)
    {
        if (ChangeOwner(path, (uint)uid, (uint)gid) != 0)
            throw Failed("set the owner of", path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Makes renames in a directory durable, so that they survive a power failure.</summary>
    public static void SyncDirectory(string path)
    {
        using var handle = Open(path, CloseOnExec, 0);
        if (handle.IsInvalid || Sync(handle) != 0)
            throw Failed("synchronise", path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Opens a file without .NET's own advisory lock, and creates it with mode 0600 when it is missing.</summary>
    public static SafeFileHandle OpenUnlocked(string path)
    {
        var handle = Open(path, ReadWriteCreate | CloseOnExec, 0x180);
        return handle.IsInvalid ? throw Failed("open", path, Marshal.GetLastPInvokeError()) : handle;
    }

    /// <summary>Takes the file's exclusive advisory lock without waiting; the kernel releases it when the process ends.</summary>
    /// <returns>False when another process holds it.</returns>
    public static bool TryLock(SafeFileHandle handle, string path)
    {
        const int exclusive = 2, notWaiting = 4;
        if (Lock(handle, exclusive | notWaiting) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == WouldBlock ? false : throw Failed("lock", path, error);
    }

    /// <summary>Whether a file could not be opened because another process holds the lock that .NET takes: everything else is no reason to wait.</summary>
    public static bool IsHeldByAnother(IOException failure) => failure.HResult == WouldBlock;

    public static IOException Failed(string what, string path, int error) =>
        new($"Cannot {what} {path}: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle handle, int operation);
}
