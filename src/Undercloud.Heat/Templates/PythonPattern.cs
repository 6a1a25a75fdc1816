using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Undercloud.Heat.Templates;

/// <summary>
/// Translates a regular expression of Python's <c>re</c> into one of .NET's, where the two mean different things by the same text.
/// </summary>
internal sealed class PythonPattern
{
    // Python's white space has four separators that .NET's lacks.
    private const string Space = @"\s\x1c-\x1f";

    // One code point is one character to Python, also where it takes two to .NET.
    private const string Pair = @"(?>[\ud800-\udbff][\udc00-\udfff]|";
    private const int LengthLimit = 10_000;
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private static readonly SearchValues<char> s_flags = SearchValues.Create("imsxuaL-");
    private readonly string _pattern;
    private readonly StringBuilder _net = new();
    private int _at;

    private PythonPattern(string pattern) => _pattern = pattern;

    /// <summary>The expression, anchored where the text begins as <c>re.match</c> does it; or what is wrong with the pattern.</summary>
    public static (Regex? Regex, string? Problem) Compile(string pattern)
    {
        if (pattern.Length > LengthLimit)
            return (null, $"it is longer than {LengthLimit} characters");
        try
        {
            var net = new PythonPattern(pattern).Translate();
            return (new Regex($@"\A(?:{net})", RegexOptions.CultureInvariant, s_matchLimit), null);
        }
        catch (ArgumentException exception)
        {
            return (null, exception.Message);
        }
    }

    private char Next => _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';

    private string Translate()
    {
        // Python takes flags for the whole expression at its beginning only.
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(' when Next == '?':
                    Extension();
                    break;
                case '{':
                    Braces();
                    break;
                case '.':
                    _net.Append(Pair).Append(".)");
                    _at++;
                    break;
                default:
                    _net.Append(_pattern[_at++]);
                    Possessive();
                    break;
            }
        }

        return _net.ToString();
    }

    // Python 3.11: "a*+" is "(?>a*)". Rare enough to be refused rather than half done.
    private void Possessive()
    {
        if (_at >= 2 && _at < _pattern.Length && _pattern[_at] == '+' && _pattern[_at - 1] is '*' or '+' or '?' && _net.Length > 1 && _net[^1] == _pattern[_at - 1]
            && !Escaped(_at - 1) && _pattern[_at - 2] is not ('(' or '|'))
        {
            throw Wrong("possessive quantifiers are not supported");
        }
    }

    private bool Escaped(int at)
    {
        var backslashes = 0;
        while (at - 1 - backslashes >= 0 && _pattern[at - 1 - backslashes] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    // extension => "(?P<" name ">" | "(?P=" name ")" | "(?" …
    private void Extension()
    {
        var rest = _pattern.AsSpan(_at);
        if (rest.StartsWith("(?P<"))
        {
            _net.Append("(?<");
            _at += 4;
        }
        else if (rest.StartsWith("(?P="))
        {
            var end = _pattern.IndexOf(')', _at);
            if (end < 0)
                throw Wrong("a reference to a group does not end");
            _net.Append(@"\k<").Append(_pattern.AsSpan(_at + 4, end - _at - 4)).Append('>');
            _at = end + 1;
        }
        else if (rest.StartsWith("(?#"))
        {
            var end = _pattern.IndexOf(')', _at);
            _at = end < 0 ? throw Wrong("a comment does not end") : end + 1;
        }
        else if (rest.Length > 2 && char.IsAsciiLetter(rest[2]))
        {
            Flags();
        }
        else if (rest.StartsWith("(?<") && !(rest.StartsWith("(?<=") || rest.StartsWith("(?<!")))
        {
            throw Wrong("groups are named with (?P<name>…)");
        }
        else
        {
            _net.Append("(?");
            _at += 2;
        }
    }

    // flags => "(?" letters ")" at the beginning | "(?" letters [ "-" letters ] ":"
    private void Flags()
    {
        var end = _pattern.AsSpan(_at).IndexOfAny(')', ':');
        if (end < 0)
            throw Wrong("flags do not end");
        var global = _pattern[_at + end] == ')';
        if (global && _at > 0)
            throw Wrong("flags for the whole expression stand at its beginning");
        var flags = _pattern.AsSpan(_at + 2, end - 2);
        if (flags.IndexOfAnyExcept(s_flags) >= 0 || (global && flags.Contains('-')))
            throw Wrong("there is no such flag");
        var kept = flags.ToString().Replace("u", "", StringComparison.Ordinal).Replace("a", "", StringComparison.Ordinal);
        _net.Append("(?").Append(kept.Replace("L", "", StringComparison.Ordinal)).Append(_pattern[_at + end]);
        if (kept.Length == 0 && global)
            _net.Length -= 3;
        _at += end + 1;
    }

    // braces => "{" [ digits ] [ "," [ digits ] ] "}"; anything else is text. .NET knows no "{,3}".
    private void Braces()
    {
        var end = _pattern.IndexOf('}', _at);
        var inner = end < 0 ? "" : _pattern[(_at + 1)..end];
        if (inner.Length > 1 && inner[0] == ',' && inner.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            _net.Append("{0").Append(inner).Append('}');
            _at = end + 1;
        }
        else if (inner == ",")
        {
            _net.Append("{0,}");
            _at = end + 1;
        }
        else
        {
            _net.Append('{');
            _at++;
        }
    }

    // class => "[" [ "^" ] [ "]" ] { character | escape } "]"
    private void Class()
    {
        var negated = Next == '^';
        _net.Append(negated ? Pair + "[^" : "[");
        _at += negated ? 2 : 1;
        var first = true;
        while (_at < _pattern.Length && (first || _pattern[_at] != ']'))
        {
            first = false;
            switch (_pattern[_at])
            {
                case '\\':
                    Escape(inClass: true);
                    break;
                // .NET subtracts classes that stand in brackets of their own.
                case '[' or ']':
                    _net.Append('\\').Append(_pattern[_at++]);
                    break;
                default:
                    _net.Append(_pattern[_at++]);
                    break;
            }
        }

        if (_at >= _pattern.Length)
            throw Wrong("a set of characters does not end");
        _net.Append(negated ? "])" : "]");
        _at++;
    }

    private void Escape(bool inClass)
    {
        if (_at + 1 >= _pattern.Length)
            throw Wrong("it ends with a backslash");
        var c = Next;
        _at += 2;
        switch (c)
        {
            case 'Z' when !inClass:
                _net.Append(@"\z");
                break;
            case 's':
                _net.Append(inClass ? Space : $"[{Space}]");
                break;
            case 'S' when !inClass:
                _net.Append($"[^{Space}]");
                break;
            case 'w':
                _net.Append(inClass ? @"\p{L}\p{N}_" : @"[\p{L}\p{N}_]");
                break;
            case 'W' when !inClass:
                _net.Append(@"[^\p{L}\p{N}_]");
                break;
            case 'U':
                Code(8);
                break;
            case 'x' or 'u':
                Code(c == 'x' ? 2 : 4);
                break;
            case 'A' or 'b' or 'B' or 'd' or 'D' or 'S' or 'W' or 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                if (inClass && c is 'A' or 'B')
                    throw Wrong($"there is no escape \\{c}");
                _net.Append('\\').Append(c);
                break;
            case var letter when char.IsAsciiLetter(letter):
                throw Wrong($"there is no escape \\{c}");
            default:
                Plain(c);
                break;
        }
    }

    private void Code(int digits)
    {
        if (_at + digits > _pattern.Length
            || !int.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10ffff)
        {
            throw Wrong("an escape needs more hexadecimal digits");
        }

        foreach (var unit in code > 0xffff ? char.ConvertFromUtf32(code) : ((char)code).ToString())
            _net.Append($"\\u{(int)unit:x4}");
        _at += digits;
    }

    // .NET gives \< and other escaped punctuation no meaning of its own, digits are references in both.
    private void Plain(char c) => _net.Append(char.IsAscii(c) ? $"\\{c}" : c.ToString());

    private static ArgumentException Wrong(string problem) => new(problem);
}
