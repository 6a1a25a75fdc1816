using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>Builds nodes from a parser's events, one composer per document.</summary>
internal sealed class YamlComposer(string text, string path, DiagnosticBag diagnostics)
{
    private const string TagPrefix = "tag:yaml.org,2002:";
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private List<YamlEvent> _events = [];
    private int _place;
    private bool _aliased;

    /// <summary>The root of the only document, or null after a finding. Throws when the text is not YAML.</summary>
    public YamlNode? Compose()
    {
        _events = YamlParser.Parse(text, out var second);
        if (_events.Count == 0)
            return new YamlScalar(Value.Null, new(path, 1, 1));
        if (Node(0) is not { } root)
            return null;
        if (_aliased && (root.Weight > YamlReader.NodeLimit || root.Height > YamlReader.DepthLimit))
            return Bomb(root.Span);
        return second is var (line, column)
            ? Reject(new(path, line, column), "YAML007", "A second document begins here.", "Keep one document in a file.")
            : root;
    }

    private YamlEvent Current => _events[_place];

    private YamlEvent Next() => _events[++_place];

    private SourceSpan At(YamlEvent @event) => new(path, @event.Line, @event.Column);

    // On entry the current event is the node's first one; on success it is the node's last one.
    private YamlNode? Node(int depth)
    {
        if (depth > YamlReader.DepthLimit)
            return Reject(At(Current), "YAML004", $"Collections are nested deeper than {YamlReader.DepthLimit} here.");
        var start = Current;
        if (start.Kind == YamlEventKind.Alias)
            return Alias(start);
        if (start.Anchor is { } anchor && !_anchors.TryAdd(anchor, null))
            return Reject(At(start), "YAML003", $"The anchor '{anchor}' is set a second time.");
        var node = start.Kind switch
        {
            YamlEventKind.Scalar => Resolve(start),
            YamlEventKind.SequenceStart => Sequence(start, depth),
            _ => Mapping(start, depth),
        };
        if (start.Anchor is { } name && node is not null)
            _anchors[name] = node;
        return node;
    }

    private YamlNode? Alias(YamlEvent alias)
    {
        _aliased = true;
        if (!_anchors.TryGetValue(alias.Text, out var node))
            return Reject(At(alias), "YAML003", $"No anchor '{alias.Text}' comes before this alias.");
        return node ?? Reject(At(alias), "YAML003", $"The alias '{alias.Text}' stands for a collection that contains it.");
    }

    private YamlNode? Resolve(YamlEvent scalar)
    {
        var tag = Tag(scalar);
        var value = tag switch
        {
            "" when scalar.Plain => Yaml11.Resolve(scalar.Text),
            "" or "str" or "timestamp" => scalar.Text,
            "int" => Yaml11.Integer(scalar.Text),
            "float" => Yaml11.Float(scalar.Text),
            "bool" => Yaml11.Boolean(scalar.Text),
            "null" => Value.Null,
            "binary" => PythonBytes.FromBase64(scalar.Text),
            _ => null,
        };
        if (value is not null)
            return new YamlScalar(value, At(scalar));
        return tag is "" or "int" or "float" or "bool"
            ? Reject(At(scalar), "YAML005", $"'{scalar.Text}' has a type that allows no such value.", "Put it in quotes to make it a string.")
            : tag == "binary" ? Reject(At(scalar), "YAML005", "What stands behind !!binary is not Base64.")
            : Unknown(scalar, tag);
    }

    private YamlNode? Unknown(YamlEvent node, string tag) => Reject(At(node), "YAML005", $"The tag '{tag}' has no meaning here.");

    // The short name of a standard tag, "" for none, the whole tag for a foreign one.
    private static string Tag(YamlEvent node) =>
        node.Tag is not { } tag ? "" : tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : tag;

    private YamlNode? Sequence(YamlEvent start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (Next().Kind != YamlEventKind.End)
        {
            if (Node(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        return Tag(start) switch
        {
            "" or "seq" => new YamlSequence(items.DrainToImmutable(), At(start)),
            "omap" or "pairs" => Pairs(items.DrainToImmutable(), start),
            var tag => Unknown(start, tag),
        };
    }

    // PyYAML makes a list of pairs of these two; where Heat keeps them, in JSON, pairs are lists.
    private YamlNode? Pairs(ImmutableArray<YamlNode> items, YamlEvent start)
    {
        var pairs = ImmutableArray.CreateBuilder<YamlNode>(items.Length);
        foreach (var item in items)
        {
            if (item is not YamlMapping { Entries: [var pair] })
                return Reject(item.Span, "YAML005", $"A list tagged '{Tag(start)}' holds maps of one key each.");
            pairs.Add(new YamlSequence([new YamlScalar(pair.Scalar ?? pair.Key, pair.KeySpan), pair.Value], item.Span));
        }

        return new YamlSequence(pairs.DrainToImmutable(), At(start));
    }

    private YamlNode? Mapping(YamlEvent start, int depth)
    {
        var own = new YamlEntries();
        List<YamlEntry>? merged = null;
        while (Next().Kind != YamlEventKind.End)
        {
            var first = Current;
            var isMerge = first is { Kind: YamlEventKind.Scalar, Plain: true, Text: "<<" };
            if (Key(first, depth) is not var (key, scalar))
                return null;
            Next();
            if (Node(depth + 1) is not { } value)
                return null;
            if (!isMerge)
                own.Set(new(key, At(first), value) { Scalar = scalar }, diagnostics);
            else if (!Merge(value, merged ??= []))
                return null;
        }

        var entries = merged is null ? own.Drain(diagnostics) : YamlEntries.Merged(merged, own, diagnostics);
        return Tag(start) switch
        {
            "" or "map" => new YamlMapping(entries, At(start)),
            "set" => new YamlScalar(Set(entries), At(start)),
            var tag => Unknown(start, tag),
        };
    }

    // A Python set reaches a parameter only as text, with its members in no particular order; here they are in the document's order.
    private static string Set(ImmutableArray<YamlEntry> entries) =>
        entries.IsEmpty ? "set()" : $"{{{PythonText.Str(new ListValue([.. entries.Select(entry => entry.Scalar ?? entry.Key)]))[1..^1]}}}";

    // The key's text, and its value where the key is no string.
    private (string Text, Value? Scalar)? Key(YamlEvent first, int depth)
    {
        // PyYAML: '=' is a plain string where it is a key; '<<' was handled before.
        if (first is { Kind: YamlEventKind.Scalar, Plain: true, Text: "=" or "<<" })
            return (first.Text, null);
        var span = At(first);
        switch (Node(depth + 1))
        {
            case null:
                return null;
            case YamlScalar { Value: StringValue key }:
                return (key.Text, null);
            case YamlScalar key:
                return (CanonicalJson.Write(key.Value), key.Value);
            default:
                Reject(span, "YAML006", "A key must be a scalar.");
                return null;
        }
    }

    // PyYAML: merged entries come first, in a list of mappings the earlier one wins.
    private bool Merge(YamlNode value, List<YamlEntry> merged)
    {
        ImmutableArray<YamlNode> sources = value is YamlSequence list ? list.Items : [value];
        foreach (var source in sources.Reverse())
        {
            if (source is not YamlMapping mapping)
            {
                Reject(source.Span, "YAML006", "Only a mapping or a list of mappings can be merged with '<<'.");
                return false;
            }

            merged.AddRange(mapping.Entries);
            if (merged.Count > YamlReader.NodeLimit)
            {
                Bomb(source.Span);
                return false;
            }
        }

        return true;
    }

    private YamlNode? Bomb(SourceSpan span) =>
        Reject(span, "YAML004", $"The aliases here stand for more than {YamlReader.NodeLimit} nodes or {YamlReader.DepthLimit} levels.");

    private YamlNode? Reject(SourceSpan span, string code, string message, string? remedy = null)
    {
        diagnostics.Error(span, code, message, remedy);
        return null;
    }
}
