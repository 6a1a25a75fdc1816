using System.Text.Json;
using Undercloud.Host.Files;

namespace Undercloud.Host.Containers;

/// <summary>The time that a container took from its start until its health check succeeded, as an apply measured it.</summary>
/// <param name="Id">The container's id: a new container with the same name has its own time.</param>
public sealed record StartTime(string Id, double Seconds);

/// <summary>The recorded start times of containers, by name.</summary>
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

    /// <summary>A missing or unreadable file counts as empty.</summary>
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

    /// <summary>The seconds that exactly this container took; null when they were not measured.</summary>
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
