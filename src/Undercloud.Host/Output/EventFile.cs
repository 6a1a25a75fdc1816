using System.Collections.Immutable;
using Undercloud.Deploy.Events;

namespace Undercloud.Host.Output;

/// <summary>A file of events, one JSON object a line, appended to (0600). What a killed run has said up to then is in it.</summary>
/// <param name="path">The file, which the first event opens; its directory exists.</param>
public sealed class EventFile(string path) : IRunSubscriber, IDisposable
{
    /// <summary>A file that is larger becomes the former one, FILE.1, when it is opened: installs that change nothing come every few minutes on some hosts.</summary>
    internal const long Largest = 1 << 20;

    private StreamWriter? _writer;

    /// <summary>The events of a file; none of a file that is not there. Lines that are none are left out.</summary>
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
