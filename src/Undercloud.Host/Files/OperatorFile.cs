using System.Text;
using System.Text.Unicode;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Files;

/// <summary>A file that the operator named: its content, or the reason why it cannot be read.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">The content; empty when there is a problem.</param>
/// <param name="Problem">A sentence, or null.</param>
/// <param name="IsDenied">Whether this user has no permission to read it.</param>
internal sealed record OperatorFile(string Path, byte[] Bytes, string? Problem = null, bool IsDenied = false)
{
    /// <summary>Whether the path does not exist.</summary>
    public bool IsMissing { get; private init; }

    private const int Largest = 16 << 20;

    /// <summary>The text, without a byte order mark; null when it is not UTF-8.</summary>
    public string? Text => Utf8.IsValid(Bytes) ? Encoding.UTF8.GetString(Bytes).TrimStart('\ufeff') : null;

    /// <summary>One character for each byte, for files that may contain texts in other encodings.</summary>
    public string Characters => Encoding.Latin1.GetString(Bytes);

    /// <summary>Reads a file. It never blocks: pipes are rejected.</summary>
    public static OperatorFile Read(string path)
    {
        try
        {
            return KindOf(path) switch
            {
                null when FailureWords.OfBrokenLink(path) is { } broken => new(path, [], broken),
                null => new(path, [], $"There is no file {path}.") { IsMissing = true },
                FileKind.Directory => new(path, [], $"{path} is a directory."),
                FileKind.File => Whole(path),
                _ => new(path, [], $"{path} is not a file but a device, a socket or a pipe."),
            };
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return new(path, [], FailureWords.Of(failure), IsDenied: failure is UnauthorizedAccessException);
        }
    }

    private static OperatorFile Whole(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > Largest)
            return new(path, [], $"{path} is larger than {Largest >> 20} MiB.");
        var bytes = new byte[stream.Length];
        return new(path, bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]);
    }

    private static FileKind? KindOf(string path)
    {
        var kind = FileStatus.Of(path)?.Kind;
        return kind is FileKind.Link ? FileStatus.Of(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)?.Kind : kind;
    }
}
