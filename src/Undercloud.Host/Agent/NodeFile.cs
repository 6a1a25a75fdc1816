using System.Text;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>Writes and removes single files with their owner and mode.</summary>
internal static class NodeFile
{
    /// <summary>Writes a file atomically; owner and mode are set before the content is visible.</summary>
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
            // The file is a mount point, such as /etc/hosts in a container: it can only be written in place.
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

    /// <summary>Temporary files that an interrupted write left beside the file.</summary>
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

    /// <summary>The actual owner, group and mode.</summary>
    public static PathAccess AccessOf(FileStatus status) => new(status.Uid, status.Gid, status.OctalMode);

    /// <summary>The difference as words; null when there is none.</summary>
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

    /// <summary>Whether only owner and group may read the file.</summary>
    public static bool IsPrivate(UnixFileMode mode) => !mode.HasFlag(UnixFileMode.OtherRead);

    /// <summary>The file's text for a diff; bytes that are not UTF-8 become replacement characters.</summary>
    public static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    private static void WriteInPlace(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(content);
        stream.SetLength(content.Length);
        stream.Flush(flushToDisk: true);
    }
}
