namespace Undercloud.Heat.Yaml;

/// <summary>
/// Splits a text into tokens, as PyYAML's scanner does: block collections by their indentation, keys by the colon that follows them.
/// Like libyaml, with which Heat reads templates, it treats tabs between tokens as blanks.
/// </summary>
internal sealed partial class YamlScanner(string text)
{
    // PyYAML: a key without '?' is on one line and no longer than this.
    private const int LongestKey = 1024;

    private readonly YamlCursor _at = new(text);
    private readonly List<YamlToken> _tokens = [];
    private readonly Stack<int> _indents = new();

    // Possible keys: at most one for each depth of flow collections, the outermost and oldest first.
    private readonly List<PossibleKey> _keys = [];
    private int _head;
    private int _taken;
    private int _flow;
    private int _indent = -1;
    private bool _keyAllowed = true;
    private bool _done;

    private readonly record struct PossibleKey(int Flow, int Token, bool Required, int Index, int Line, int Column);

    /// <summary>The next token, without consuming it.</summary>
    public YamlToken Peek()
    {
        while (NeedsMore())
            Fetch();
        return _head < _tokens.Count ? _tokens[_head] : new(YamlTokenKind.StreamEnd, _at.Line + 1, _at.Column + 1);
    }

    /// <summary>Consumes and returns the next token.</summary>
    public YamlToken Next()
    {
        var token = Peek();
        if (_head < _tokens.Count)
        {
            _taken++;
            if (++_head == _tokens.Count)
            {
                _tokens.Clear();
                _head = 0;
            }
        }

        return token;
    }

    private bool NeedsMore()
    {
        if (_done)
            return false;
        if (_head == _tokens.Count)
            return true;
        DropStaleKeys();
        return _keys is [var oldest, ..] && oldest.Token == _taken;
    }

    private void Fetch()
    {
        SkipToToken();
        DropStaleKeys();
        Unwind(_at.Column);
        switch (_at.Peek())
        {
            case '\0':
                Unwind(-1);
                DropKey();
                Add(YamlTokenKind.StreamEnd);
                _done = true;
                break;
            case '%' when _at.Column == 0:
                Unwind(-1);
                DropKey();
                _keyAllowed = false;
                Directive();
                break;
            case var mark and ('-' or '.') when _at.IsDocumentMark(mark):
                Unwind(-1);
                DropKey();
                _keyAllowed = false;
                Indicator(mark == '-' ? YamlTokenKind.DocumentStart : YamlTokenKind.DocumentEnd, 3);
                break;
            case '[':
                FlowStart(YamlTokenKind.FlowSequenceStart);
                break;
            case '{':
                FlowStart(YamlTokenKind.FlowMappingStart);
                break;
            case ']':
                FlowEnd(YamlTokenKind.FlowSequenceEnd);
                break;
            case '}':
                FlowEnd(YamlTokenKind.FlowMappingEnd);
                break;
            case ',':
                DropKey();
                _keyAllowed = true;
                Indicator(YamlTokenKind.FlowEntry);
                break;
            case '-' when _at.EndsWord(1):
                BlockEntry();
                break;
            case '?' when _flow > 0 || _at.EndsWord(1):
                BlockKey();
                break;
            case ':' when _flow > 0 || _at.EndsWord(1):
                ValueOfKey();
                break;
            default:
                Content();
                break;
        }
    }

    private void Content()
    {
        var c = _at.Peek();
        if (c is '|' or '>' && _flow == 0)
        {
            DropKey();
            _keyAllowed = true;
            BlockScalar();
            return;
        }

        var startsPlain = !"-?:,[]{}#&*!|>'\"%@`\t".Contains(c) || (!_at.EndsWord(1) && (c == '-' || (_flow == 0 && c is '?' or ':')));
        if (c is not ('*' or '&' or '!' or '\'' or '"') && !startsPlain)
            throw _at.Error($"no value can begin with '{(c == '\t' ? "a tab" : c)}'");
        SaveKey();
        _keyAllowed = false;
        if (c is '*' or '&')
            Anchor();
        else if (c == '!')
            Tag();
        else if (c is '\'' or '"')
            QuotedScalar();
        else
            PlainScalar();
    }

    private void SkipToToken()
    {
        for (; ; )
        {
            while (_at.Peek() == ' ' || (_at.Peek() == '\t' && (_flow > 0 || !_keyAllowed)))
                _at.Skip();
            if (_at.Peek() == '#')
                _at.SkipLine();
            if (_at.Break().Length == 0)
                return;
            if (_flow == 0)
                _keyAllowed = true;
        }
    }

    private void FlowStart(YamlTokenKind kind)
    {
        SaveKey();
        _flow++;
        _keyAllowed = true;
        Indicator(kind);
    }

    private void FlowEnd(YamlTokenKind kind)
    {
        DropKey();
        _flow = Math.Max(_flow - 1, 0);
        _keyAllowed = false;
        Indicator(kind);
    }

    private void BlockEntry()
    {
        if (_flow == 0)
        {
            if (!_keyAllowed)
                throw _at.Error("a list cannot begin here");
            if (Indented(_at.Column))
                Add(YamlTokenKind.BlockSequenceStart);
        }

        DropKey();
        _keyAllowed = true;
        Indicator(YamlTokenKind.BlockEntry);
    }

    private void BlockKey()
    {
        if (_flow == 0)
        {
            if (!_keyAllowed)
                throw _at.Error("a key cannot stand here");
            if (Indented(_at.Column))
                Add(YamlTokenKind.BlockMappingStart);
        }

        DropKey();
        _keyAllowed = _flow == 0;
        Indicator(YamlTokenKind.Key);
    }

    private void ValueOfKey()
    {
        if (TakeKey() is { } key)
        {
            var place = _head + key.Token - _taken;
            _tokens.Insert(place, new(YamlTokenKind.Key, key.Line + 1, key.Column + 1));
            if (_flow == 0 && Indented(key.Column))
                _tokens.Insert(place, new(YamlTokenKind.BlockMappingStart, key.Line + 1, key.Column + 1));
            _keyAllowed = false;
        }
        else
        {
            if (_flow == 0)
            {
                if (!_keyAllowed)
                    throw _at.Error("a key with a value cannot stand here: put text with ': ' in quotes");
                if (Indented(_at.Column))
                    Add(YamlTokenKind.BlockMappingStart);
            }

            _keyAllowed = _flow == 0;
        }

        Indicator(YamlTokenKind.Value);
    }

    private void SaveKey()
    {
        if (!_keyAllowed)
            return;
        DropKey();
        _keys.Add(new(_flow, _taken + _tokens.Count - _head, _flow == 0 && _indent == _at.Column, _at.Index, _at.Line, _at.Column));
    }

    private PossibleKey? TakeKey()
    {
        if (_keys is not [.., var last] || last.Flow != _flow)
            return null;
        _keys.RemoveAt(_keys.Count - 1);
        return last;
    }

    private void DropKey()
    {
        if (TakeKey() is { } key)
            Missed(key);
    }

    private void DropStaleKeys()
    {
        while (_keys is [var oldest, ..] && (oldest.Line != _at.Line || _at.Index - oldest.Index > LongestKey))
        {
            Missed(oldest);
            _keys.RemoveAt(0);
        }
    }

    private static void Missed(PossibleKey key)
    {
        if (key.Required)
            throw new YamlSyntaxException(key.Line + 1, key.Column + 1, "a key stands here, but no ':' comes after it");
    }

    private void Unwind(int column)
    {
        while (_flow == 0 && _indent > column)
        {
            _indent = _indents.Pop();
            Add(YamlTokenKind.BlockEnd);
        }
    }

    private bool Indented(int column)
    {
        if (_indent >= column)
            return false;
        _indents.Push(_indent);
        _indent = column;
        return true;
    }

    private void Add(YamlTokenKind kind) => _tokens.Add(new(kind, _at.Line + 1, _at.Column + 1));

    private void Indicator(YamlTokenKind kind, int length = 1)
    {
        Add(kind);
        _at.Skip(length);
    }
}
