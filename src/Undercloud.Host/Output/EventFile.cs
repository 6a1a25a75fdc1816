using System.Collections.Immutable;
using Undercloud.Deploy.Events;

namespace Undercloud.Host.Output;

/// <summary>An append-only file of events, one JSON object a line (0600). After a kill it has every event up to that moment.</summary>
/// <param name="path">The file. The first event opens it; its directory exists.</param>
public sealed class EventFile(string path) : IRunSubscriber, IDisposable
{
    /// <summary>A larger file is renamed to FILE.1 when it is opened: some hosts run an install that changes nothing every few minutes.</summary>
    internal const long Largest = 1 << 20;

    private StreamWriter? _writer;

    /// <summary>The events of a file; empty for a missing file. Lines that are no events are skipped.</summary>
    public static ImmutableArray<RunEvent> Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(RunEventJson.Read).OfType<RunEvent>()] : [];

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Take(RunEvent happened) => (_writer ??= Open()).WriteLine(RunEventJson.Write(happened));

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open()
    {
        if (File.Exists(path) && new FileInfo(path).Length > Largest)
            File.Move(path, path + ".1", overwrite: true);
        return LogStream.Append(path);
    }
}
