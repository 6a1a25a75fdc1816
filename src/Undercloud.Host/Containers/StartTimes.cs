using System.Text.Json;
using Undercloud.Host.Files;

namespace Undercloud.Host.Containers;

/// <summary>How long a container took from its start until its health check succeeded, when it was applied.</summary>
/// <param name="Id">The container's id: another container of that name has its own time.</param>
public sealed record StartTime(string Id, double Seconds);

/// <summary>The file that remembers how long containers took to start, by their names.</summary>
public sealed class StartTimes
{
    private readonly string _path;
    private readonly SortedDictionary<string, StartTime> _times;
    private readonly Lock _lock = new();

    private StartTimes(string path, SortedDictionary<string, StartTime> times)
    {
        _path = path;
        _times = times;
    }

    /// <summary>A file that is not there, or not readable as times, is an empty one.</summary>
    public static StartTimes Read(string path)
    {
        try
        {
            var times = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), RunRecordsJson.Default.SortedDictionaryStringStartTime) : null;
            return new(path, new(times ?? [], StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return new(path, new(StringComparer.Ordinal));
        }
    }

    /// <summary>Seconds that this very container took; null when nobody measured it.</summary>
    public double? Of(string name, string id) => _times.GetValueOrDefault(name) is { } time && time.Id == id ? time.Seconds : null;

    public void Remember(string name, StartTime time)
    {
        lock (_lock)
        {
            _times[name] = time;
            AtomicFile.WriteText(_path, JsonSerializer.Serialize(_times, RunRecordsJson.Default.SortedDictionaryStringStartTime) + "\n");
        }
    }
}
