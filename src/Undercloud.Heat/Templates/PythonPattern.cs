using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Undercloud.Heat.Templates;

/// <summary>
/// Translates a regular expression of Python's <c>re</c> into one of .NET's, where the same text has different meanings.
/// </summary>
internal sealed partial class PythonPattern
{
    // Python's white space has four separators that .NET's lacks.
    private const string Space = @"\s\x1c-\x1f";

    // One code point is one character to Python, also where .NET needs two.
    private const string Pair = @"(?>[\ud800-\udbff][\udc00-\udfff]|";
    private const int Nothing = -1;
    private const int LengthLimit = 10_000;
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private static readonly SearchValues<char> s_flags = SearchValues.Create("imsxuaL-");
    private static readonly SearchValues<string> s_complements = SearchValues.Create([@"\S", @"\W", @"\D"], StringComparison.Ordinal);
    private readonly string _pattern;
    private readonly StringBuilder _net = new();
    private readonly Stack<int> _groups = new();
    private int _at;

    // The position in the translation where the last repeatable item begins.
    private int _atom = Nothing;
    private bool _begun;

    private PythonPattern(string pattern) => _pattern = pattern;

    /// <summary>The expression, anchored at the text's start as <c>re.match</c> does it; or the error in the pattern.</summary>
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
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case '(' when Next == '?':
                    Extension();
                    continue;
                case '(':
                    _groups.Push(_net.Length);
                    Symbol();
                    break;
                case ')':
                    Symbol();
                    _atom = _groups.TryPop(out var start) ? start : throw Wrong("a parenthesis is closed that was not opened");
                    break;
                case '^' or '$' or '|':
                    Symbol();
                    break;
                case '*' or '+' or '?':
                    Quantifier(_pattern[_at].ToString(), 1);
                    break;
                case '{':
                    Braces();
                    break;
                default:
                    Atom();
                    break;
            }

            _begun = true;
        }

        return _net.ToString();
    }

    // Repeatable items: a character, an escape, a set.
    private void Atom()
    {
        _atom = _net.Length;
        switch (_pattern[_at])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '.':
                _net.Append(Pair).Append(".)");
                _at++;
                break;
            default:
                _net.Append(_pattern[_at++]);
                break;
        }
    }

    // Items that may not be repeated.
    private void Symbol()
    {
        _net.Append(_pattern[_at++]);
        _atom = Nothing;
    }

    // quantifier => ( "*" | "+" | "?" | braces ) [ "?" | "+" ]; .NET has no possessive ones: "a*+" is "(?>a*)".
    private void Quantifier(string net, int length)
    {
        if (_atom == Nothing)
            throw Wrong("there is nothing to repeat");
        _net.Append(net);
        _at += length;
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            _net.Append(_pattern[_at++]);
        }
        else if (_at < _pattern.Length && _pattern[_at] == '+')
        {
            _net.Insert(_atom, "(?>").Append(')');
            _at++;
        }

        // A repetition cannot be repeated.
        _atom = Nothing;
    }

    // braces => "{" [ digits ] [ "," [ digits ] ] "}"; anything else is text. .NET knows no "{,3}".
    private void Braces()
    {
        var end = _pattern.IndexOf('}', _at);
        var inner = end < 0 ? "" : _pattern[(_at + 1)..end];
        var comma = inner.IndexOf(',');
        var (least, most) = comma < 0 ? (inner, inner) : (inner[..comma], inner[(comma + 1)..]);
        if (inner.Length > 0 && (least + most).AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            Quantifier(comma < 0 ? $"{{{inner}}}" : $"{{{(least.Length > 0 ? least : "0")},{most}}}", inner.Length + 2);
            return;
        }

        _atom = _net.Length;
        _net.Append('{');
        _at++;
    }

    // class => "[" [ "^" ] [ "]" ] { character | escape } "]"
    private void Class()
    {
        var (negated, start) = (Next == '^', _net.Length);
        _net.Append(negated ? "[^" : "[");
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
                // .NET subtracts nested classes in brackets.
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
        _net.Append(']');
        _at++;
        // Every character beyond the basic plane is outside of the set, unless the set contains complements.
        if (negated && !_net.ToString(start, _net.Length - start).AsSpan().ContainsAny(s_complements))
            _net.Insert(start, Pair).Append(')');
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
                _atom = Nothing;
                break;
            case 's':
                _net.Append(inClass ? Space : $"[{Space}]");
                break;
            case 'S' when !inClass:
                _net.Append($"{Pair}[^{Space}])");
                break;
            case 'w':
                _net.Append(inClass ? @"\p{L}\p{N}_" : @"[\p{L}\p{N}_]");
                break;
            case 'W' when !inClass:
                _net.Append(Pair).Append(@"[^\p{L}\p{N}_])");
                break;
            case 'D' when !inClass:
                _net.Append(Pair).Append(@"\D)");
                break;
            case 'U':
                Code(8);
                break;
            case 'x' or 'u':
                Code(c == 'x' ? 2 : 4);
                break;
            case 'A' or 'b' or 'B' or 'd' or 'D' or 'S' or 'W' or 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                Same(c, inClass);
                break;
            case var letter when char.IsAsciiLetter(letter):
                throw Wrong($"there is no escape \\{c}");
            default:
                Plain(c);
                break;
        }
    }

    // An escape with the same letter in .NET.
    private void Same(char c, bool inClass)
    {
        if (inClass && c is 'A' or 'B')
            throw Wrong($"there is no escape \\{c}");
        if (!inClass && c is 'A' or 'b' or 'B')
            _atom = Nothing;
        _net.Append('\\').Append(c);
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

    // .NET gives \< and other escaped punctuation no special meaning; digits are references in both.
    private void Plain(char c) => _net.Append(char.IsAscii(c) && c != '_' ? $"\\{c}" : c.ToString());

    private static ArgumentException Wrong(string problem) => new(problem);
}
