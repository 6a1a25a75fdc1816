using System.Text.Json;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Files;

namespace Undercloud.Host.Containers;

/// <summary>The file that remembers successes of what leaves no container: written after each, so that an interrupted apply repeats one at most.</summary>
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

    /// <summary>A file that is not there, or not readable as records, is an empty one: its runs are done again.</summary>
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

    /// <summary>Forgets what is recorded under a config id and not wanted any more.</summary>
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
