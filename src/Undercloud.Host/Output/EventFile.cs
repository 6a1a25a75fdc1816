using System.Collections.Immutable;
using System.Text;
using Undercloud.Deploy.Events;
using Undercloud.Host.Files;

namespace Undercloud.Host.Output;

/// <summary>A file of events, one JSON object a line, appended to (0600). What a killed run has said up to then is in it.</summary>
public sealed class EventFile : IRunSubscriber, IDisposable
{
    /// <summary>A file that is larger becomes the former one, FILE.1, when it is opened: installs that change nothing come every few minutes on some hosts.</summary>
    internal const long Largest = 1 << 20;

    private readonly StreamWriter _writer;

    /// <param name="path">The file; its directory is there.</param>
    public EventFile(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > Largest)
            File.Move(path, path + ".1", overwrite: true);
        _writer = new StreamWriter(
            path,
            new UTF8Encoding(false),
            new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = AtomicFile.Private })
        { AutoFlush = true };
    }

    /// <summary>The events of a file; none of a file that is not there. Lines that are none are left out.</summary>
    public static ImmutableArray<RunEvent> Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(RunEventJson.Read).OfType<RunEvent>()] : [];

    public void Take(RunEvent happened) => _writer.WriteLine(RunEventJson.Write(happened));

    public void Dispose() => _writer.Dispose();
}
