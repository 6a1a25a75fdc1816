using System.Text;
using Undercloud.Deploy.Output;

namespace Undercloud.Host.Output;

/// <summary>The log file of a run, appended to: every line with its time, every secret masked.</summary>
public sealed class RunLog : IDisposable
{
    private readonly StreamWriter? _writer;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private SecretMask _mask = new([]);

    /// <param name="path">The file; null for a run that must not write anything.</param>
    /// <param name="time">The clock.</param>
    public RunLog(string? path, TimeProvider time)
    {
        Path = path;
        _time = time;
        _writer = path is null ? null : new StreamWriter(
            path,
            new UTF8Encoding(false),
            new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            })
        { AutoFlush = true };
    }

    public string? Path { get; }

    /// <summary>From here on these are hidden as well.</summary>
    public void Hide(SecretMask mask) => _mask = _mask.And(mask);

    /// <summary>The text as it may be shown.</summary>
    public string Masked(string text) => _mask.Apply(text);

    public void Write(string text)
    {
        if (_writer is null)
            return;
        var stamp = _time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff");
        lock (_lock)
        {
            foreach (var line in Masked(text).TrimEnd('\n').Split('\n'))
                _writer.WriteLine($"{stamp} {line}");
        }
    }

    public void Dispose() => _writer?.Dispose();
}
