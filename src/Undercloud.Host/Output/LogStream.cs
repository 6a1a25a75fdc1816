using System.Text;
using Undercloud.Host.Files;

namespace Undercloud.Host.Output;

/// <summary>Opens files for appending during a run.</summary>
internal static class LogStream
{
    /// <summary>
    /// Opens a file for appending (0600 when it is new). Each line is written at once, and a line that cannot be written is lost: a buffer would fail again
    /// when the file is closed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static StreamWriter Append(string path) => new(
        path,
        new UTF8Encoding(false),
        new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = AtomicFile.Private, BufferSize = 0 })
    { AutoFlush = true };
}
