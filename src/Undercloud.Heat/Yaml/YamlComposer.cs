using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Undercloud.Heat.Yaml;

/// <summary>Builds nodes from parser events, one document a composer.</summary>
internal sealed class YamlComposer(string text, string path, DiagnosticBag diagnostics)
{
    private const string TagPrefix = "tag:yaml.org,2002:";
    private readonly Parser _events = new(new StringReader(text));
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private bool _aliased;

    /// <summary>The root of the only document, or null after a finding.</summary>
    public YamlNode? Compose()
    {
        Next();
        if (Next() is StreamEnd)
            return new YamlScalar(Value.Null, new(path, 1, 1));
        Next();
        if (Node(0) is not { } root)
            return null;
        if (_aliased && (root.Weight > YamlReader.NodeLimit || root.Height > YamlReader.DepthLimit))
            return Bomb(root.Span);
        Next();
        return Next() is StreamEnd ? root : Reject(Here, "YAML007", "A second document begins here.", "Keep one document in a file.");
    }

    private SourceSpan Here => At(_events.Current!);

    private ParsingEvent Next()
    {
        var last = _events.Current;
        try
        {
            _events.MoveNext();
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            // YamlDotNet's scanner throws whatever it stumbles over on some broken texts.
            var mark = last?.End ?? Mark.Empty;
            throw new YamlException(mark, mark, "nothing that can be read comes after this", exception);
        }

        return _events.Current!;
    }

    private SourceSpan At(ParsingEvent @event) => new(path, (int)@event.Start.Line, (int)@event.Start.Column);

    // The current event is the node's first one; on success it is its last one afterwards.
    private YamlNode? Node(int depth)
    {
        if (depth > YamlReader.DepthLimit)
            return Reject(Here, "YAML004", $"Collections are nested deeper than {YamlReader.DepthLimit} here.");
        switch (_events.Current)
        {
            case AnchorAlias alias:
                return Alias(alias);
            case NodeEvent { Anchor.IsEmpty: false } start when _anchors.ContainsKey(start.Anchor.Value):
                return Reject(At(start), "YAML003", $"The anchor '{start.Anchor.Value}' is set a second time.");
            case Scalar scalar:
                return Anchored(scalar, Resolve(scalar));
            case SequenceStart sequence:
                Reserve(sequence);
                return Anchored(sequence, Sequence(sequence, depth));
            case MappingStart mapping:
                Reserve(mapping);
                return Anchored(mapping, Mapping(mapping, depth));
            default:
                return Reject(Here, "YAML001", "This is not YAML: a value is missing.");
        }
    }

    private YamlNode? Alias(AnchorAlias alias)
    {
        _aliased = true;
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            return Reject(At(alias), "YAML003", $"No anchor '{alias.Value.Value}' comes before this alias.");
        return node ?? Reject(At(alias), "YAML003", $"The alias '{alias.Value.Value}' stands for a collection that contains it.");
    }

    private void Reserve(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = null;
    }

    private YamlNode? Anchored(NodeEvent start, YamlNode? node)
    {
        if (!start.Anchor.IsEmpty && node is not null)
            _anchors[start.Anchor.Value] = node;
        return node;
    }

    private YamlScalar? Resolve(Scalar scalar)
    {
        var value = Tag(scalar) switch
        {
            "" when scalar.Style == ScalarStyle.Plain => Yaml11.Resolve(scalar.Value),
            "" or "str" or "timestamp" => Text(scalar),
            "int" => Yaml11.Integer(scalar.Value),
            "float" => Yaml11.Float(scalar.Value),
            "bool" => Yaml11.Boolean(scalar.Value),
            "null" => Value.Null,
            var tag => Unknown(scalar, tag),
        };
        if (value is null)
        {
            diagnostics.Error(
                At(scalar), "YAML005", $"'{scalar.Value}' has a type that allows no such value.", "Put it in quotes to make it a string.");
            return null;
        }

        return ReferenceEquals(value, s_reported) ? null : new YamlScalar(value, At(scalar));
    }

    // PyYAML: the last line of a text has a line break only where one is written; YamlDotNet gives a block scalar one all the same.
    private string Text(Scalar scalar) =>
        scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded && scalar.End.Index >= text.Length && text[^1] != '\n' && scalar.Value.EndsWith('\n')
            ? scalar.Value[..^1]
            : scalar.Value;

    private static readonly Value s_reported = new StringValue("");

    private Value Unknown(NodeEvent node, string tag)
    {
        Reject(At(node), "YAML005", $"The tag '{tag}' has no meaning here.");
        return s_reported;
    }

    // The short name of a standard tag, "" for none, the whole tag for a foreign one.
    private static string Tag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return "";
        return node.Tag.Value.StartsWith(TagPrefix, StringComparison.Ordinal) ? node.Tag.Value[TagPrefix.Length..] : node.Tag.Value;
    }

    private YamlSequence? Sequence(SequenceStart start, int depth)
    {
        if (Tag(start) is not ("" or "seq") and var tag)
            Unknown(start, tag);
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (Next() is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        return new YamlSequence(items.DrainToImmutable(), At(start));
    }

    private YamlMapping? Mapping(MappingStart start, int depth)
    {
        if (Tag(start) is not ("" or "map") and var tag)
            Unknown(start, tag);
        var own = new YamlEntries();
        List<YamlEntry>? merged = null;
        while (Next() is not MappingEnd)
        {
            var keyEvent = _events.Current!;
            var isMerge = keyEvent is Scalar { Style: ScalarStyle.Plain, Value: "<<", Tag.IsEmpty: true };
            if (Key(keyEvent, depth) is not { } key)
                return null;
            // PyYAML ends a plain key in {a:} before the colon, YamlDotNet behind it.
            if (start.Style == MappingStyle.Flow && keyEvent is Scalar { Style: ScalarStyle.Plain } && key.EndsWith(':'))
                key = key[..^1];
            Next();
            if (Node(depth + 1) is not { } value)
                return null;
            if (!isMerge)
                own.Set(new(key, At(keyEvent), value), diagnostics);
            else if (!Merge(value, merged ??= []))
                return null;
        }

        return new YamlMapping(merged is null ? own.Drain() : YamlEntries.Merged(merged, own), At(start));
    }

    private string? Key(ParsingEvent @event, int depth)
    {
        // PyYAML: '=' is a plain string where it is a key; what '<<' is has been seen already.
        if (@event is Scalar { Style: ScalarStyle.Plain, Value: "=" or "<<", Tag.IsEmpty: true } special)
            return special.Value;
        var span = At(@event);
        switch (Node(depth + 1))
        {
            case null:
                return null;
            case YamlScalar { Value: StringValue key }:
                return key.Text;
            case YamlScalar key:
                return CanonicalJson.Write(key.Value);
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
