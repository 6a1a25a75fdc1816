using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>A node of a YAML document with its place. Immutable; an alias is the very node its anchor names.</summary>
public abstract class YamlNode
{
    private Value? _value;

    private protected YamlNode(SourceSpan span, IEnumerable<YamlNode> children)
    {
        Span = span;
        Weight = 1;
        foreach (var child in children)
        {
            // Saturating: the nodes of an alias bomb exceed every integer.
            Weight = long.Min(Weight + child.Weight, long.MaxValue / 4);
            Height = int.Max(Height, child.Height + 1);
        }
    }

    /// <summary>Where the node begins.</summary>
    public SourceSpan Span { get; }

    /// <summary>The nodes below and including this one, aliases counted as often as they occur.</summary>
    internal long Weight { get; }

    /// <summary>How deep collections are nested below this node.</summary>
    internal int Height { get; }

    /// <summary>The plain data of this node.</summary>
    public Value ToValue() => _value ??= Convert();

    private protected abstract Value Convert();
}

/// <summary>A scalar, already resolved to its YAML 1.1 type.</summary>
public sealed class YamlScalar(Value value, SourceSpan span) : YamlNode(span, [])
{
    public Value Value { get; } = value;

    private protected override Value Convert() => Value;
}

/// <summary>A sequence.</summary>
public sealed class YamlSequence(ImmutableArray<YamlNode> items, SourceSpan span) : YamlNode(span, items)
{
    public ImmutableArray<YamlNode> Items { get; } = items;

    private protected override Value Convert() => new ListValue([.. Items.Select(item => item.ToValue())]);
}

/// <summary>One key of a mapping with its place, and its value.</summary>
public readonly record struct YamlEntry(string Key, SourceSpan KeySpan, YamlNode Value)
{
    /// <summary>The key's value where the key is no string; null for a string.</summary>
    public Value? Scalar { get; init; }
}

/// <summary>A mapping in document order; keys are unique, merge keys are already merged.</summary>
public sealed class YamlMapping(ImmutableArray<YamlEntry> entries, SourceSpan span)
    : YamlNode(span, entries.Select(entry => entry.Value))
{
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <summary>The value under <paramref name="key"/>, or null when there is none.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                    return entry.Value;
            }

            return null;
        }
    }

    private protected override Value Convert() =>
        new MapValue(Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToValue())));
}
