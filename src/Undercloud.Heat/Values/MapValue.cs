using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Undercloud.Heat.Values;

/// <summary>
/// A map in insertion order, as Python's dict: a later duplicate replaces the value and keeps the first one's place.
/// Equality ignores order.
/// </summary>
public sealed record MapValue : Value
{
    private const int IndexFrom = 9;
    private readonly Dictionary<string, int>? _index;

    /// <summary>A map of the given entries; a later duplicate key wins.</summary>
    public MapValue(IEnumerable<KeyValuePair<string, Value>> entries)
    {
        var builder = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (index.TryAdd(entry.Key, builder.Count))
                builder.Add(entry);
            else
                builder[index[entry.Key]] = entry;
        }

        Entries = builder.ToImmutable();
        _index = Entries.Length >= IndexFrom ? index : null;
        Weight = 1;
        foreach (var (key, value) in Entries)
            Weight = long.Min(Weight + 1 + (key.Length / 16) + value.Weight, long.MaxValue / 4);
    }

    public static MapValue Empty { get; } = new([]);

    /// <summary>The entries in insertion order; keys are unique.</summary>
    public ImmutableArray<KeyValuePair<string, Value>> Entries { get; }

    public IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    public int Count => Entries.Length;

    public override string TypeName => "map";

    public override long Weight { get; }

    /// <summary>The value under <paramref name="key"/>, or null (the reference) when there is none.</summary>
    public Value? this[string key] => TryGet(key, out var value) ? value : null;

    public bool ContainsKey(string key) => TryGet(key, out _);

    public bool TryGet(string key, [NotNullWhen(true)] out Value? value)
    {
        if (_index is not null)
        {
            value = _index.TryGetValue(key, out var place) ? Entries[place].Value : null;
            return value is not null;
        }

        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>This map with one entry set.</summary>
    public MapValue With(string key, Value value) => new(Entries.Append(new(key, value)));

    public bool Equals(MapValue? other)
    {
        if (other is null || Count != other.Count)
            return false;
        foreach (var (key, value) in Entries)
        {
            if (!other.TryGet(key, out var theirs) || !value.Equals(theirs))
                return false;
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var (key, value) in Entries)
            hash ^= HashCode.Combine(key, value);
        return hash;
    }
}
