using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>Collects a specification's fields; a default value is omitted, so that a new key changes no old hash.</summary>
internal sealed class SpecificationFields
{
    private readonly List<KeyValuePair<string, Value>> _entries = [];

    public void Add(string key, string? text)
    {
        if (text is not null)
            _entries.Add(new(key, text));
    }

    /// <summary>Adds a value even when it is a default.</summary>
    public void AddRaw(string key, Value value) => _entries.Add(new(key, value));

    public void Add(string key, bool flag)
    {
        if (flag)
            _entries.Add(new(key, true));
    }

    public void Add(string key, long? number)
    {
        if (number is { } given)
            _entries.Add(new(key, new IntegerValue(given)));
    }

    public void Add(string key, ImmutableArray<string> items)
    {
        if (items.Length > 0)
            _entries.Add(new(key, new ListValue([.. items.Select(item => (Value)item)])));
    }

    public void Add(string key, ImmutableSortedDictionary<string, string> pairs)
    {
        if (pairs.Count > 0)
            _entries.Add(new(key, new MapValue(pairs.Select(pair => KeyValuePair.Create(pair.Key, (Value)pair.Value)))));
    }

    public MapValue ToMap() => new(_entries);
}
