using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Undercloud.Heat.Values;

/// <summary>Reads one JSON text; source: Python's <c>json.loads</c>.</summary>
internal sealed class PythonJsonReader(string text)
{
    // Longer than Python's default limit; BigInteger's work grows with the square of the length.
    private const int DigitLimit = 100_000;
    private int _at;

    // document => value end
    public Value Document()
    {
        Blank();
        var value = Read(0);
        Blank();
        return _at == text.Length ? value : throw Wrong("something comes after the value");
    }

    // value => string | object | array | number | "true" | "false" | "null" | "NaN" | "Infinity" | "-Infinity"
    private Value Read(int depth)
    {
        if (depth > PythonJson.DepthLimit)
            throw Wrong($"collections are nested deeper than {PythonJson.DepthLimit}");
        switch (Current)
        {
            case '"':
                return Text();
            case '{':
                return Map(depth);
            case '[':
                return List(depth);
            default:
                return Word("true") ? true
                    : Word("false") ? false
                    : Word("null") ? Value.Null
                    : Word("NaN") ? new FloatValue(double.NaN)
                    : Word("Infinity") ? new FloatValue(double.PositiveInfinity)
                    : Word("-Infinity") ? new FloatValue(double.NegativeInfinity)
                    : Number();
        }
    }

    private char Current => _at < text.Length ? text[_at] : '\0';

    // object => "{" [ string ":" value { "," string ":" value } ] "}"
    private MapValue Map(int depth)
    {
        var entries = new List<KeyValuePair<string, Value>>();
        _at++;
        Blank();
        if (Skip('}'))
            return MapValue.Empty;
        while (true)
        {
            if (Current != '"')
                throw Wrong("a key in double quotes is expected");
            var key = Text();
            Blank();
            if (!Skip(':'))
                throw Wrong("':' is expected");
            Blank();
            entries.Add(new(key, Read(depth + 1)));
            Blank();
            if (Skip('}'))
                return new MapValue(entries);
            if (!Skip(','))
                throw Wrong("',' or '}' is expected");
            Blank();
        }
    }

    // array => "[" [ value { "," value } ] "]"
    private ListValue List(int depth)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        _at++;
        Blank();
        if (Skip(']'))
            return ListValue.Empty;
        while (true)
        {
            items.Add(Read(depth + 1));
            Blank();
            if (Skip(']'))
                return new ListValue(items.DrainToImmutable());
            if (!Skip(','))
                throw Wrong("',' or ']' is expected");
            Blank();
        }
    }

    // string => '"' { character | escape } '"'
    private string Text()
    {
        var start = ++_at;
        StringBuilder? builder = null;
        while (true)
        {
            var c = _at < text.Length ? text[_at] : throw Wrong("a string does not end");
            switch (c)
            {
                case '"':
                    var rest = text.AsSpan(start, _at++ - start);
                    return builder is null ? rest.ToString() : builder.Append(rest).ToString();
                case '\\':
                    builder ??= new StringBuilder();
                    builder.Append(text.AsSpan(start, _at - start)).Append(Escape());
                    start = _at;
                    break;
                case < ' ':
                    throw Wrong("a control character stands in a string");
                default:
                    _at++;
                    break;
            }
        }
    }

    // escape => "\" ( '"' | "\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex )
    private char Escape()
    {
        _at += 2;
        var c = _at <= text.Length ? text[_at - 1] : throw Wrong("a string does not end");
        if (c == 'u')
        {
            _at += 4;
            return _at <= text.Length && ushort.TryParse(text.AsSpan(_at - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                ? (char)code
                : throw Wrong("\\u needs four hexadecimal digits");
        }

        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Wrong($"there is no escape '\\{c}'"),
        };
    }

    // number => [ "-" ] ( "0" | nonzero { digit } ) [ "." digit { digit } ] [ ( "e" | "E" ) [ sign ] digit { digit } ]
    private Value Number()
    {
        var start = _at;
        Skip('-');
        if (!Skip('0') && !Digits())
            throw Wrong("a value is expected");
        var whole = _at;
        if (!(Skip('.') && Digits()))
            _at = whole;
        var fraction = _at;
        if (!((Skip('e') || Skip('E')) && (Skip('+') || Skip('-') || true) && Digits()))
            _at = fraction;
        var number = text.AsSpan(start, _at - start);
        if (_at > whole)
            return new FloatValue(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
        return number.Length > DigitLimit ? throw Wrong("a number is too long") : new IntegerValue(BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private bool Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Current))
            _at++;
        return _at > start;
    }

    private bool Skip(char c)
    {
        if (Current != c || _at >= text.Length)
            return false;
        _at++;
        return true;
    }

    private bool Word(string word)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
            return false;
        _at += word.Length;
        return true;
    }

    private void Blank()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    // The position in the text is reported as a column of its only line.
    private JsonException Wrong(string what) => new($"{what}, at character {_at}", path: null, lineNumber: null, bytePositionInLine: _at);
}
