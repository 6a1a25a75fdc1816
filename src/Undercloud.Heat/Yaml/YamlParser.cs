using System.Text.RegularExpressions;
using static Undercloud.Heat.Yaml.YamlTokenKind;

namespace Undercloud.Heat.Yaml;

/// <summary>Turns the tokens of a text into events, as PyYAML's parser does.</summary>
internal sealed partial class YamlParser
{
    private readonly YamlScanner _tokens;
    private readonly List<YamlEvent> _events = [];
    private readonly Dictionary<string, string> _handles = new(StringComparer.Ordinal) { ["!"] = "!", ["!!"] = "tag:yaml.org,2002:" };

    private YamlParser(string text) => _tokens = new(text);

    /// <summary>The events of the first document; none when the text has none. Throws when it is not YAML.</summary>
    /// <param name="text">The text.</param>
    /// <param name="next">Where a second document begins.</param>
    public static List<YamlEvent> Parse(string text, out (int Line, int Column)? next)
    {
        var parser = new YamlParser(text);
        next = parser.Documents();
        return parser._events;
    }

    private bool Is(YamlTokenKind kind) => _tokens.Peek().Kind == kind;

    private bool Take(YamlTokenKind kind)
    {
        if (!Is(kind))
            return false;
        _tokens.Next();
        return true;
    }

    // stream: document? ( '...'* directive* '---' document )* '...'*
    private (int Line, int Column)? Documents()
    {
        if (Is(StreamEnd))
            return null;
        var isMarked = Is(Directive) || Is(DocumentStart);
        if (isMarked)
            Start();
        if (isMarked && (Is(Directive) || Is(DocumentStart) || Is(DocumentEnd) || Is(StreamEnd)))
            Empty();
        else
            Node(0, isBlock: true, isIndentless: false);
        while (Take(DocumentEnd))
        {
        }

        if (Is(StreamEnd))
            return null;
        var next = _tokens.Peek();
        Start();
        return (next.Line, next.Column);
    }

    private void Start()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (Is(Directive))
        {
            var directive = _tokens.Next();
            var name = directive.Name == "TAG" ? directive.Text.Split(' ')[0] : directive.Name!;
            if (directive.Name is "YAML" or "TAG" && !known.Add(name))
                throw Error(directive, "this directive is there already");
            if (directive.Name == "YAML" && !VersionPattern().IsMatch(directive.Text))
                throw Error(directive, "only YAML 1 can be read");
            if (directive.Name != "TAG")
                continue;
            if (TagPattern().Match(directive.Text) is not { Success: true } tag)
                throw Error(directive, "a %TAG directive has a handle and a prefix");
            _handles[tag.Groups[1].Value] = tag.Groups[2].Value;
        }

        if (!Is(DocumentStart))
            throw Error(_tokens.Peek(), "a value ends before this, and nothing can come after it");
        _tokens.Next();
    }

    private void Empty(string? anchor = null, string? tag = null, bool plain = true) =>
        _events.Add(new(YamlEventKind.Scalar, _tokens.Peek().Line, _tokens.Peek().Column, "", anchor, tag, plain));

    private void Node(int depth, bool isBlock, bool isIndentless)
    {
        var first = _tokens.Peek();
        if (Take(Alias))
        {
            _events.Add(new(YamlEventKind.Alias, first.Line, first.Column, first.Text));
            return;
        }

        string? anchor = null, tag = null;
        var (hasAnchor, hasTag) = (false, false);
        while ((Is(Anchor) && !hasAnchor) || (Is(Tag) && !hasTag))
        {
            var property = _tokens.Next();
            if (property.Kind == Anchor)
                (anchor, hasAnchor) = (property.Text, true);
            else
                (tag, hasTag) = (Whole(property), true);
        }

        // PyYAML: '!' alone says that the text determines the type, even of a quoted text.
        var isSeen = tag is null or "!";
        tag = isSeen ? null : tag;
        var start = _tokens.Peek();
        if (depth > YamlReader.DepthLimit && start.Kind is not Scalar)
            throw new YamlSyntaxException(start.Line, start.Column, $"collections are nested deeper than {YamlReader.DepthLimit} here") { Code = "YAML004" };
        void Begin(YamlEventKind kind) => _events.Add(new(kind, first.Line, first.Column, "", anchor, tag));
        switch (start.Kind)
        {
            case BlockEntry when isIndentless:
                Begin(YamlEventKind.SequenceStart);
                Entries(depth);
                break;
            case Scalar:
                _tokens.Next();
                _events.Add(new(YamlEventKind.Scalar, first.Line, first.Column, start.Text, anchor, tag, isSeen && (start.Plain || hasTag)));
                return;
            case FlowSequenceStart:
                Begin(YamlEventKind.SequenceStart);
                FlowSequence(depth);
                break;
            case FlowMappingStart:
                Begin(YamlEventKind.MappingStart);
                FlowMapping(depth);
                break;
            case BlockSequenceStart when isBlock:
                Begin(YamlEventKind.SequenceStart);
                _tokens.Next();
                Entries(depth);
                Close();
                break;
            case BlockMappingStart when isBlock:
                Begin(YamlEventKind.MappingStart);
                BlockMapping(depth);
                break;
            case var _ when hasAnchor || hasTag:
                Empty(anchor, tag, isSeen);
                return;
            default:
                throw Error(start, $"a value must stand here, not {Words(start.Kind)}");
        }

        _events.Add(new(YamlEventKind.End, start.Line, start.Column));
    }

    // entry*: '-' node?
    private void Entries(int depth)
    {
        while (Take(BlockEntry))
        {
            if (Is(BlockEntry) || Is(Key) || Is(Value) || Is(BlockEnd))
                Empty();
            else
                Node(depth + 1, isBlock: true, isIndentless: false);
        }
    }

    // ( '?' node? ( ':' node? )? )*
    private void BlockMapping(int depth)
    {
        _tokens.Next();
        while (Take(Key))
        {
            BlockPart(depth);
            if (Take(Value))
                BlockPart(depth);
            else
                Empty();
        }

        Close();
    }

    private void BlockPart(int depth)
    {
        if (Is(Key) || Is(Value) || Is(BlockEnd))
            Empty();
        else
            Node(depth + 1, isBlock: true, isIndentless: true);
    }

    private void Close()
    {
        if (!Take(BlockEnd))
            throw Error(_tokens.Peek(), $"the list or map before this is not continued by {Words(_tokens.Peek().Kind)}: look at the indentation");
    }

    // '[' ( ( node | pair ) ','? )* ']'
    private void FlowSequence(int depth)
    {
        _tokens.Next();
        for (var isFirst = true; !Take(FlowSequenceEnd); isFirst = false)
        {
            if (!isFirst && !Take(FlowEntry))
                throw Error(_tokens.Peek(), "',' or ']' must stand here");
            var key = _tokens.Peek();
            if (Take(Key))
            {
                _events.Add(new(YamlEventKind.MappingStart, key.Line, key.Column));
                Pair(depth + 1, FlowSequenceEnd);
                _events.Add(new(YamlEventKind.End, key.Line, key.Column));
            }
            else if (!Is(FlowSequenceEnd))
            {
                Node(depth + 1, isBlock: false, isIndentless: false);
            }
        }
    }

    // '{' ( ( node | pair ) ','? )* '}'
    private void FlowMapping(int depth)
    {
        _tokens.Next();
        for (var isFirst = true; !Take(FlowMappingEnd); isFirst = false)
        {
            if (!isFirst && !Take(FlowEntry))
                throw Error(_tokens.Peek(), "',' or '}' must stand here");
            if (Take(Key))
            {
                Pair(depth, FlowMappingEnd);
            }
            else if (!Is(FlowMappingEnd))
            {
                Node(depth + 1, isBlock: false, isIndentless: false);
                Empty();
            }
        }
    }

    // node? ( ':' node? )?
    private void Pair(int depth, YamlTokenKind end)
    {
        if (Is(Value) || Is(FlowEntry) || Is(end))
            Empty();
        else
            Node(depth + 1, isBlock: false, isIndentless: false);
        if (!Take(Value) || Is(FlowEntry) || Is(end))
            Empty();
        else
            Node(depth + 1, isBlock: false, isIndentless: false);
    }

    private string Whole(YamlToken tag) =>
        tag.Name is not { } handle ? tag.Text
        : _handles.TryGetValue(handle, out var prefix) ? prefix + tag.Text
        : throw Error(tag, $"no %TAG directive says what '{handle}' means");

    private static string Words(YamlTokenKind kind) => kind switch
    {
        StreamEnd or DocumentStart or DocumentEnd => "the end",
        BlockEnd => "a line that is indented less",
        BlockSequenceStart or BlockEntry => "'-'",
        BlockMappingStart or Key => "a key",
        FlowSequenceStart => "'['",
        FlowSequenceEnd => "']'",
        FlowMappingStart => "'{'",
        FlowMappingEnd => "'}'",
        FlowEntry => "','",
        Value => "':'",
        _ => "another value",
    };

    private static YamlSyntaxException Error(YamlToken token, string problem) => new(token.Line, token.Column, problem);

    [GeneratedRegex(@"^1\.[0-9]+\z")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^(!(?:[-_0-9A-Za-z]*!)?) +([-;/?:@&=+$,_.!~*'()\[\]%0-9A-Za-z]+)\z")]
    private static partial Regex TagPattern();
}
