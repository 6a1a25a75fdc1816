using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Yaml;

/// <summary>The entries of a mapping while it is read. PyYAML: the last duplicate wins and keeps the first one's place.</summary>
internal sealed class YamlEntries
{
    private const int IndexFrom = 9;
    private readonly ImmutableArray<YamlEntry>.Builder _entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private Dictionary<string, int>? _index;

    /// <summary>The own entries over the merged ones.</summary>
    public static ImmutableArray<YamlEntry> Merged(List<YamlEntry> merged, YamlEntries own)
    {
        var all = new YamlEntries();
        foreach (var entry in merged.Concat(own._entries))
            all.Set(entry, null);
        return all.Drain();
    }

    /// <summary>Sets one entry; a duplicate is reported when <paramref name="diagnostics"/> is given.</summary>
    public void Set(YamlEntry entry, DiagnosticBag? diagnostics)
    {
        var place = Find(entry.Key);
        if (place < 0)
        {
            _index?.Add(entry.Key, _entries.Count);
            _entries.Add(entry);
            return;
        }

        diagnostics?.Warning(
            entry.KeySpan, "YAML002", $"The key '{entry.Key}' is already there (line {_entries[place].KeySpan.Line}); this later one wins.");
        _entries[place] = entry;
    }

    public ImmutableArray<YamlEntry> Drain() => _entries.DrainToImmutable();

    private int Find(string key)
    {
        if (_index is null && _entries.Count >= IndexFrom)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _entries.Count; i++)
                _index.Add(_entries[i].Key, i);
        }

        if (_index is not null)
            return _index.TryGetValue(key, out var found) ? found : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
