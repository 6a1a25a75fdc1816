using System.Globalization;
using System.Numerics;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Syntax;

/// <summary>Splits an expression into tokens one by one, as yaql/language/lexer.py does.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] s_symbols = ["?.", "=~", "!~", "->", "=>", ">=", "<=", "!=", ".", "+", "-", "*", "/", ">", "<", "="];

    private int _at;

    public Token Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
            _at++;
        if (_at >= text.Length)
            return new(TokenKind.End, "", _at);
        var c = text[_at];
        return c switch
        {
            '$' => Dollar(),
            '\'' or '"' or '`' => Quoted(c),
            _ when IsDigit(c) => Number(),
            _ when IsWord(c) => Word(),
            _ => Symbol(c),
        };
    }

    /// <summary>The text around a position, for messages: the position is counted in characters as Python counts them.</summary>
    public static int CodePoints(string text, int position) => Python.CodePoints.Count(text.AsSpan(0, position));

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsDigit(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.DecimalDigitNumber;

    private int WordEnd(int from)
    {
        while (from < text.Length && IsWord(text[from]))
            from++;
        return from;
    }

    private Token Take(TokenKind kind, int end, Value? value = null)
    {
        var token = new Token(kind, text[_at..end], _at, value);
        _at = end;
        return token;
    }

    private Token Dollar() => Take(TokenKind.Dollar, WordEnd(_at + 1));

    // \b\d+(\.?\d+)?\b
    private Token Number()
    {
        if (_at > 0 && IsWord(text[_at - 1]))
            throw Illegal();
        var whole = DigitsEnd(_at);
        if (whole + 1 < text.Length && text[whole] == '.' && IsDigit(text[whole + 1]) && DigitsEnd(whole + 1) is var end && Bounded(end))
            return Take(TokenKind.Constant, end, new FloatValue(double.Parse(Ascii(text[_at..end]), NumberStyles.Float)));
        if (!Bounded(whole))
            throw Illegal();
        if (whole - _at > Python.Numbers.MaximumDigits)
            throw new SyntaxException($"Number of more than {Python.Numbers.MaximumDigits} digits at position {CodePoints(text, _at)}", CodePoints(text, _at));
        return Take(TokenKind.Constant, whole, new IntegerValue(BigInteger.Parse(Ascii(text[_at..whole]))));
    }

    private bool Bounded(int end) => end >= text.Length || !IsWord(text[end]);

    private int DigitsEnd(int from)
    {
        while (from < text.Length && IsDigit(text[from]))
            from++;
        return from;
    }

    private static string Ascii(string digits) =>
        string.Concat(digits.Select(c => IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    private Token Word()
    {
        var end = WordEnd(_at);
        if (end < text.Length && text[end] == '(' && !IsDigit(text[_at]))
        {
            var call = Take(TokenKind.Function, end);
            _at++;
            return call;
        }

        // Names that begin with two underscores are no words, but they can be called.
        if (text.AsSpan(_at).StartsWith("__", StringComparison.Ordinal))
            throw Illegal();
        var word = text[_at..end];
        return word switch
        {
            "true" => Take(TokenKind.Constant, end, true),
            "false" => Take(TokenKind.Constant, end, false),
            "null" => Take(TokenKind.Constant, end, Value.Null),
            _ => Take(Operators.BySymbol.ContainsKey(word) ? TokenKind.Operator : TokenKind.Keyword, end),
        };
    }

    private Token Quoted(char quote)
    {
        var end = _at + 1;
        while (end < text.Length && text[end] != quote)
            end += text[end] != '\\' ? 1 : end + 1 < text.Length && text[end + 1] != '\n' ? 2 : throw Illegal();
        if (end >= text.Length)
            throw Illegal();
        var inner = text[(_at + 1)..end];
        var value = quote == '`' ? inner.Replace("\\`", "`", StringComparison.Ordinal) : Unescape(inner);
        return new Token(TokenKind.Constant, value, Take(TokenKind.Constant, end + 1).Position, value);
    }

    private Token Symbol(char c)
    {
        foreach (var symbol in s_symbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
                return Take(symbol == "=>" ? TokenKind.Rule : TokenKind.Operator, _at + symbol.Length);
        }

        return Take(c switch
        {
            '(' => TokenKind.OpenParenthesis,
            ')' => TokenKind.CloseParenthesis,
            '[' => TokenKind.OpenBracket,
            ']' => TokenKind.CloseBracket,
            '{' => TokenKind.OpenBrace,
            '}' => TokenKind.CloseBrace,
            ',' => TokenKind.Comma,
            _ => throw Illegal(),
        }, _at + 1);
    }

    private string Unescape(string inner)
    {
        if (!inner.Contains('\\'))
            return inner;
        var builder = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length;)
        {
            if (inner[i] != '\\' || i + 1 == inner.Length)
            {
                builder.Append(inner[i++]);
                continue;
            }

            i += Escape(inner, i, builder);
        }

        return builder.ToString();
    }

    // The length of one escape in the text. An escape that Python does not know stays as written.
    private int Escape(string inner, int at, StringBuilder builder)
    {
        var c = inner[at + 1];
        if ("\\'\"abfnrtv".IndexOf(c) is >= 0 and var known)
        {
            builder.Append("\\'\"\a\b\f\n\r\t\v"[known]);
            return 2;
        }

        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + 2 + digits <= inner.Length)
        {
            if (!uint.TryParse(inner.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, null, out var code) || code > 0x10ffff)
                throw new SyntaxException($"Bad escape sequence '{inner.Substring(at, 2 + digits)}' in the string at position {CodePoints(text, _at)}", CodePoints(text, _at));
            Append(builder, (int)code);
            return 2 + digits;
        }

        if (c is >= '0' and <= '7')
        {
            var end = at + 1;
            var code = 0;
            for (; end < inner.Length && end < at + 4 && inner[end] is >= '0' and <= '7'; end++)
                code = (code * 8) + inner[end] - '0';
            Append(builder, code);
            return end - at;
        }

        if (c == 'N' && at + 2 < inner.Length && inner[at + 2] == '{' && inner.IndexOf('}', at) > at + 3)
            throw new SyntaxException($"Characters by name (\\N) are not supported, at position {CodePoints(text, _at)}", CodePoints(text, _at));
        builder.Append('\\').Append(c);
        return 2;
    }

    private static void Append(StringBuilder builder, int code)
    {
        if (code is >= 0xd800 and <= 0xdfff || code < 0x10000)
            builder.Append((char)code);
        else
            builder.Append(char.ConvertFromUtf32(code));
    }

    private SyntaxException Illegal()
    {
        var position = CodePoints(text, _at);
        var character = char.IsSurrogatePair(text, int.Min(_at, text.Length - 2 < 0 ? 0 : text.Length - 2)) && char.IsHighSurrogate(text[_at]) ? text.Substring(_at, 2) : text[_at].ToString();
        return new($"Lexical error: illegal character '{character}' at position {position}", position);
    }
}
