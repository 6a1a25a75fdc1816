using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>Hashable keys in insertion order, each with a value: the implementation of dicts and sets. It is not changed once it is shared.</summary>
internal sealed class HashTable(Evaluator evaluator)
{
    private readonly Dictionary<Value, int> _index = new(new PythonKeys(evaluator));
    private readonly List<KeyValuePair<Value, Value>> _entries = [];

    public int Count => _index.Count;

    public IEnumerable<KeyValuePair<Value, Value>> Entries => _entries;

    public IEnumerable<Value> Keys
    {
        get
        {
            foreach (var (key, _) in _entries)
                yield return key;
        }
    }

    public KeyValuePair<Value, Value> this[int place] => _entries[place];

    public bool Contains(Value key) => Find(key) is not null;

    public Value? Get(Value key) => Find(key) is { } place ? _entries[place].Value : null;

    /// <summary>Sets a key; an existing key keeps its place and its first spelling, as in Python.</summary>
    public void Set(Value key, Value value)
    {
        if (_index.TryAdd(key, _entries.Count))
            _entries.Add(new(key, value));
        else
            _entries[_index[key]] = new(_entries[_index[key]].Key, value);
    }

    public bool Add(Value key)
    {
        if (!_index.TryAdd(key, _entries.Count))
            return false;
        _entries.Add(new(key, Value.Null));
        return true;
    }

    // Python computes the hash, which may not exist, for an empty table too.
    private int? Find(Value key)
    {
        if (Count == 0)
            _ = _index.Comparer.GetHashCode(key);
        return _index.TryGetValue(key, out var place) ? place : null;
    }

    /// <summary>A table without some of the keys.</summary>
    public HashTable Without(Evaluator evaluator, Func<Value, bool> left)
    {
        var table = new HashTable(evaluator);
        foreach (var (key, value) in _entries)
        {
            if (!left(key))
                table.Set(key, value);
        }

        return table;
    }
}
