using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>
/// The entries of a mapping while it is read. PyYAML: the last duplicate wins and keeps the first one's place. Python: 1, 1.0 and true are
/// one key, spelled like the first of them. Heat passes the mapping through JSON, where 1 and "1" are one key, of which the last wins.
/// </summary>
internal sealed class YamlEntries
{
    private const int IndexFrom = 9;
    private readonly ImmutableArray<YamlEntry>.Builder _entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly List<string> _identities = [];
    private readonly bool _byText;
    private Dictionary<string, int>? _index;
    private bool _hasOthers;

    /// <summary>No entries yet.</summary>
    public YamlEntries()
        : this(byText: false)
    {
    }

    private YamlEntries(bool byText) => _byText = byText;

    /// <summary>The mapping's own entries over the merged ones.</summary>
    public static ImmutableArray<YamlEntry> Merged(List<YamlEntry> merged, YamlEntries own, DiagnosticBag diagnostics)
    {
        var all = new YamlEntries();
        foreach (var entry in merged.Concat(own._entries))
            all.Set(entry, null);
        return all.Drain(diagnostics);
    }

    /// <summary>Sets one entry; a duplicate is reported when <paramref name="diagnostics"/> is given.</summary>
    public void Set(YamlEntry entry, DiagnosticBag? diagnostics)
    {
        _hasOthers |= entry.Scalar is not null;
        var identity = _byText ? entry.Key : Identity(entry);
        var place = Find(identity);
        if (place < 0)
        {
            _index?.Add(identity, _entries.Count);
            _identities.Add(identity);
            _entries.Add(entry);
            return;
        }

        var first = _entries[place];
        diagnostics?.Warning(
            entry.KeySpan, "YAML002", first.Key == entry.Key
                ? $"The key '{entry.Key}' is already there (line {first.KeySpan.Line}); this later one wins."
                : $"The key '{entry.Key}' is the same as '{first.Key}' (line {first.KeySpan.Line}) to Heat, which is written in Python; this later one wins.");
        _entries[place] = entry with { Key = first.Key, Scalar = first.Scalar };
    }

    /// <summary>All entries, by the texts of their keys.</summary>
    public ImmutableArray<YamlEntry> Drain(DiagnosticBag diagnostics)
    {
        if (!_hasOthers || _byText)
            return _entries.DrainToImmutable();
        var texts = new YamlEntries(byText: true);
        foreach (var entry in _entries)
            texts.Set(entry, diagnostics);
        return texts.Drain(diagnostics);
    }

    // A whole number is the same key whatever its type; only a string equals a string.
    private static string Identity(YamlEntry entry) => entry.Scalar switch
    {
        null => entry.Key,
        BooleanValue flag => flag.Flag ? "\0" + "1" : "\0" + "0",
        FloatValue { Number: var number } when double.IsFinite(number) && number == Math.Floor(number) => "\0" + new BigInteger(number).ToString(CultureInfo.InvariantCulture),
        _ => "\0" + entry.Key,
    };

    private int Find(string identity)
    {
        if (_index is null && _entries.Count >= IndexFrom)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _identities.Count; i++)
                _index.Add(_identities[i], i);
        }

        if (_index is not null)
            return _index.TryGetValue(identity, out var found) ? found : -1;
        for (var i = 0; i < _identities.Count; i++)
        {
            if (string.Equals(_identities[i], identity, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
