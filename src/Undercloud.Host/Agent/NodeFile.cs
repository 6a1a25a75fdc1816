using System.Text;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>Writing and removing single files with owner and mode.</summary>
internal static class NodeFile
{
    /// <summary>Writes a file whole, with owner and mode from the first moment.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, PathAccess access)
    {
        foreach (var leftover in Leftovers(path))
            File.Delete(leftover);
        var mode = Mode(access.Mode);
        try
        {
            AtomicFile.Replace(path, content, mode, temporary => SetAccess(temporary, access));
        }
        catch (IOException exception) when (exception.HResult == PosixFile.Busy)
        {
            // A mount point, such as /etc/hosts in a container: the file behind it can only be written in place.
            WriteInPlace(path, content);
            SetAccess(path, access);
        }
    }

    public static void SetAccess(string path, PathAccess access)
    {
        // Owner first: changing it clears the set-user bits.
        PosixFile.SetOwner(path, access.Uid, access.Gid);
        File.SetUnixFileMode(path, Mode(access.Mode));
    }

    /// <summary>Temporary files an interrupted write left beside the file.</summary>
    public static IReadOnlyList<string> Leftovers(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var prefix = $".{Path.GetFileName(path)}.";
        return !Directory.Exists(directory)
            ? []
            : [.. Directory.EnumerateFiles(directory)
                .Where(file => Path.GetFileName(file) is var name
                    && name.StartsWith(prefix, StringComparison.Ordinal)
                    && name.EndsWith(".new", StringComparison.Ordinal)
                    && name.Length > prefix.Length + 4
                    && name[prefix.Length..^4].All(char.IsAsciiDigit)),];
    }

    /// <summary>Owner, group and mode as they are.</summary>
    public static PathAccess AccessOf(FileStatus status) => new(status.Uid, status.Gid, status.OctalMode);

    /// <summary>What differs, in words; null when nothing does.</summary>
    public static string? Difference(FileStatus status, PathAccess wanted)
    {
        var owner = status.Uid != wanted.Uid || status.Gid != wanted.Gid
            ? $"owner is {status.Uid}:{status.Gid}, not {wanted.Uid}:{wanted.Gid}"
            : null;
        var mode = status.Mode != Mode(wanted.Mode) ? $"mode is {status.OctalMode}, not {FileStatus.Octal(Mode(wanted.Mode))}" : null;
        return owner is null ? mode : mode is null ? owner : $"{owner}; {mode}";
    }

    /// <summary>Octal text as permission bits.</summary>
    public static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);

    /// <summary>Whether others than owner and group may not read it.</summary>
    public static bool IsPrivate(UnixFileMode mode) => !mode.HasFlag(UnixFileMode.OtherRead);

    /// <summary>The file's text for a diff; bytes that are no UTF-8 show as replacement characters.</summary>
    public static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    private static void WriteInPlace(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(content);
        stream.SetLength(content.Length);
        stream.Flush(flushToDisk: true);
    }
}
