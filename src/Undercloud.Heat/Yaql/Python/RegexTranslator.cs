using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>
/// Translates a Python pattern for .NET. Groups get their Python numbers explicitly, since .NET counts named groups last. Syntax that
/// differs is rewritten; syntax that only .NET accepts is an error as in Python.
/// </summary>
internal sealed partial class RegexTranslator
{
    private const string Word = @"\p{L}\p{N}_";
    private const string Space = @"\s\x1c-\x1f";
    private readonly string _pattern;
    private readonly StringBuilder _out = new();
    private readonly List<KeyValuePair<string, int>> _names = [];
    private readonly Stack<bool> _verbose = new();
    private int _at;
    private int _groups;
    private int _flags;
    private bool _isVerbose;

    private RegexTranslator(string pattern) => _pattern = pattern;

    public static (string Pattern, int Flags, int Groups, ImmutableArray<KeyValuePair<string, int>> Names) Translate(string pattern)
    {
        var translator = new RegexTranslator(pattern);
        translator.Run();
        return (translator._out.ToString(), translator._flags, translator._groups, [.. translator._names]);
    }

    private void Run()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at];
            switch (c)
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Open();
                    break;
                case ')':
                    if (!_verbose.TryPop(out _isVerbose))
                        throw Error("unbalanced parenthesis");
                    Copy();
                    break;
                case '{':
                    Braces();
                    break;
                case '*' or '+' or '?':
                    Copy();
                    Possessive();
                    break;
                case '#':
                    Hash();
                    break;
                case ' ' or '\t' or '\n' or '\r' or '\f' or '\v' when _isVerbose:
                    _at++;
                    break;
                default:
                    Copy();
                    break;
            }
        }

        if (_verbose.Count > 0)
            throw Error("missing ), unterminated subpattern");
    }

    // A comment up to the end of the line in a verbose pattern, itself in others.
    private void Hash()
    {
        if (!_isVerbose)
            _out.Append(@"\#");
        do
            _at++;
        while (_isVerbose && _at < _pattern.Length && _pattern[_at] != '\n');
    }

    private void Copy() => _out.Append(_pattern[_at++]);

    private bool Next(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private void Possessive()
    {
        if (_at < _pattern.Length && _pattern[_at] == '+' && _pattern[_at - 1] != '\\')
            throw Error("possessive quantifiers are not supported");
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            Copy();
        }
    }

    // "{,n}" is a quantifier in Python only; any other brace is text.
    private void Braces()
    {
        var close = _pattern.IndexOf('}', _at);
        var inner = close < 0 ? "" : _pattern[(_at + 1)..close];
        var comma = inner.IndexOf(',');
        var (low, high) = comma < 0 ? (inner, inner) : (inner[..comma], inner[(comma + 1)..]);
        if (inner is "" or "," || !low.All(char.IsAsciiDigit) || !high.All(char.IsAsciiDigit))
        {
            if (inner == ",")
                _out.Append('*');
            else
                _out.Append(@"\{");
            _at += inner == "," ? 3 : 1;
            if (inner == ",")
                Possessive();
            return;
        }

        _out.Append('{').Append(low.Length == 0 ? "0" : low).Append(comma < 0 ? "" : ",").Append(comma < 0 ? "" : high).Append('}');
        _at = close + 1;
        Possessive();
    }

    private void Class()
    {
        Copy();
        if (_at < _pattern.Length && _pattern[_at] == '^')
            Copy();
        for (var first = true; ; first = false)
        {
            if (_at >= _pattern.Length)
                throw Error("unterminated character set");
            var c = _pattern[_at];
            if (c == ']' && !first)
                break;
            if (c == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                // .NET treats "-[" as a subtraction.
                _out.Append(c is '[' or ']' ? "\\" : "").Append(c);
                _at++;
            }
        }

        Copy();
    }

    private void Escape(bool inClass)
    {
        if (_at + 1 >= _pattern.Length)
            throw Error("bad escape (end of pattern)");
        var c = _pattern[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'd' or 'D' or 'n' or 't' or 'r' or 'f' or 'v' or 'a':
                _out.Append('\\').Append(c);
                break;
            case 'w' or 's':
                var set = c == 'w' ? Word : Space;
                _out.Append(inClass ? set : $"[{set}]");
                break;
            case 'W' or 'S':
                _out.Append(inClass ? (c == 'W' ? @"\W" : @"\S") : c == 'W' ? $"[^{Word}]" : $"[^{Space}]");
                break;
            case 'b' when inClass:
                _out.Append(@"\x08");
                break;
            case 'b' or 'B' or 'A' when !inClass:
                _out.Append('\\').Append(c);
                break;
            case 'Z' when !inClass:
                _out.Append(@"\z");
                break;
            case 'x' or 'u' or 'U':
                Hexadecimal(c switch { 'x' => 2, 'u' => 4, _ => 8 });
                break;
            case >= '0' and <= '9':
                Digits(inClass);
                break;
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z':
                throw Error($@"bad escape \{c}");
            default:
                _out.Append(char.IsAscii(c) ? "\\" : "").Append(c);
                break;
        }
    }

    private void Hexadecimal(int digits)
    {
        if (_at + digits > _pattern.Length || !int.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, null, out var code) || code is < 0 or > 0x10ffff)
            throw Error("incomplete escape");
        Literal(code);
        _at += digits;
    }

    private void Literal(int code) => _out.Append(code < 0x10000 ? $@"\u{code:x4}" : char.ConvertFromUtf32(code));

    // After a backslash: "0" or three octal digits are a character, any other number is the number of a group.
    private void Digits(bool inClass)
    {
        var from = _at - 1;
        var end = from + 1;
        while (end < _pattern.Length && end < from + 3 && _pattern[end] is >= '0' and <= '9')
            end++;
        var octal = from;
        while (octal < end && _pattern[octal] is >= '0' and <= '7')
            octal++;
        if (_pattern[from] == '0' || octal - from == 3 || (inClass && octal > from))
        {
            var code = _pattern[from..octal].Aggregate(0, (value, digit) => (value * 8) + digit - '0');
            Literal(code <= 255 ? code : throw Error("octal escape value outside of range 0-0o377"));
            _at = octal;
            return;
        }

        if (inClass)
            throw Error("bad escape");
        end = int.Min(end, from + 2);
        var group = int.Parse(_pattern.AsSpan(from, end - from), NumberStyles.None);
        if (group > _groups)
            throw Error($"invalid group reference {group}");
        _out.Append(@"\k<").Append(group).Append('>');
        _at = end;
    }

    internal static bool IsIdentifier(string name) =>
        name.Length > 0 && (name[0] == '_' || char.IsLetter(name[0])) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    private YaqlException Error(string message) => new($"re.error: {message} at position {int.Min(_at, _pattern.Length)}");
}
