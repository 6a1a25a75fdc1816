using System.Text.Json;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Files;

namespace Undercloud.Host.Containers;

/// <summary>Records successful runs that leave no container. The file is written after each run, so that an interrupted apply repeats at most one.</summary>
internal sealed class RunRecords
{
    private readonly string _path;
    private readonly SortedDictionary<string, RunRecord> _records;
    private readonly Lock _lock = new();

    private RunRecords(string path, SortedDictionary<string, RunRecord> records)
    {
        _path = path;
        _records = records;
    }

    public IReadOnlyDictionary<string, RunRecord> All => _records;

    /// <summary>A missing or unreadable file counts as empty: its runs are repeated.</summary>
    public static RunRecords Read(string path)
    {
        try
        {
            var records = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), RunRecordsJson.Default.SortedDictionaryStringRunRecord) : null;
            return new(path, new(records ?? [], StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return new(path, new(StringComparer.Ordinal));
        }
    }

    public void Remember(string key, RunRecord record) => Change(() => _records[key] = record);

    /// <summary>Forgets the records of a config id that are no longer wanted.</summary>
    public void Forget(string configId, IReadOnlySet<string> wanted)
    {
        var gone = _records.Keys.Where(key => key.StartsWith($"{configId}/", StringComparison.Ordinal) && !wanted.Contains(key[(configId.Length + 1)..])).ToArray();
        if (gone.Length > 0)
            Change(() => Array.ForEach(gone, key => _records.Remove(key)));
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            AtomicFile.WriteText(_path, JsonSerializer.Serialize(_records, RunRecordsJson.Default.SortedDictionaryStringRunRecord) + "\n");
        }
    }
}
