using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Undercloud.Host.Files;

/// <summary>The status of a path itself: a symbolic link is not followed.</summary>
/// <param name="Kind">A file, a directory, a link or something else.</param>
/// <param name="Uid">The owner's id.</param>
/// <param name="Gid">The group's id.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="Inode">The inode number, which identifies the file in its file system.</param>
public sealed partial record FileStatus(FileKind Kind, int Uid, int Gid, UnixFileMode Mode, ulong Inode)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStatus = 0x7ff;

    /// <summary>The status of <paramref name="path"/>; null when nothing is there.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    public static FileStatus? Of(string path)
    {
        if (StatX(CurrentDirectory, path, NoFollow, BasicStatus, out var status) == 0)
            return From(status);
        const int noEntry = 2, notDirectory = 20;
        var error = Marshal.GetLastPInvokeError();
        return error is noEntry or notDirectory ? null : throw PosixFile.Failed("look at", path, error);
    }

    /// <summary>The status of an open file, whatever is at its path now.</summary>
    internal static FileStatus Of(SafeFileHandle handle)
    {
        const int emptyPath = 0x1000;
        return StatX((int)handle.DangerousGetHandle(), "", emptyPath, BasicStatus, out var status) == 0
            ? From(status)
            : throw PosixFile.Failed("look at", "an open file", Marshal.GetLastPInvokeError());
    }

    /// <summary>Octal with four digits, e.g. 0640.</summary>
    public string OctalMode => Octal(Mode);

    /// <summary>A mode in octal with four digits, e.g. 0640.</summary>
    public static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static FileStatus From(in Status status) =>
        new(KindOf(status.Mode), (int)status.Uid, (int)status.Gid, (UnixFileMode)(status.Mode & 0xfff), status.Inode);

    private static FileKind KindOf(ushort mode) => (mode & 0xf000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Directory,
        0xa000 => FileKind.Link,
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out Status status);

    // struct statx of <linux/stat.h>: unlike struct stat, it is the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(20)]
        public uint Uid;

        [FieldOffset(24)]
        public uint Gid;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;
    }
}

/// <summary>The kinds of files that the tool distinguishes.</summary>
public enum FileKind
{
    File,
    Directory,
    Link,

    /// <summary>A device, a socket or a named pipe.</summary>
    Other,
}
