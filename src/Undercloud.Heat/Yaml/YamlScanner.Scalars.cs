using System.Globalization;
using System.Text;

namespace Undercloud.Heat.Yaml;

/// <summary>Scalars: plain, in quotes, as blocks.</summary>
internal sealed partial class YamlScanner
{
    private void PlainScalar()
    {
        var (line, column, indent) = (_at.Line + 1, _at.Column + 1, _indent + 1);
        var value = new StringBuilder();
        var blanks = "";
        while (_at.Peek() != '#' && PlainLength() is > 0 and var length)
        {
            _keyAllowed = false;
            value.Append(blanks).Append(_at.Take(length));
            blanks = PlainBlanks(indent);
            if (blanks.Length == 0 || (_flow == 0 && _at.Column < indent))
                break;
        }

        _tokens.Add(new(YamlTokenKind.Scalar, line, column, value.ToString(), Plain: true));
    }

    private int PlainLength()
    {
        var length = 0;
        for (; !_at.EndsWord(length); length++)
        {
            var c = _at.Peek(length);
            if (c == ':' && (_at.EndsWord(length + 1) || (_flow > 0 && _at.Peek(length + 1) is ',' or '[' or ']' or '{' or '}')))
                break;
            if (_flow > 0 && c is ',' or '?' or '[' or ']' or '{' or '}')
                break;
        }

        return length;
    }

    // The meaning of the blanks and line ends between two words; "" when the scalar ends before them.
    private string PlainBlanks(int indent)
    {
        var length = 0;
        while (_at.Peek(length) is ' ' or '\t')
            length++;
        var blanks = _at.Take(length);
        var mark = _at.Break();
        if (mark.Length == 0)
            return blanks;
        _keyAllowed = true;
        if (_at.IsDocumentMark())
            return "";
        var breaks = new StringBuilder();
        for (; ; )
        {
            while (_at.Peek() == ' ' || (_at.Peek() == '\t' && _at.Column >= indent))
                _at.Skip();
            if (_at.Break() is not { Length: > 0 } further)
                return Folded(mark, breaks);
            breaks.Append(further);
            if (_at.IsDocumentMark())
                return "";
        }
    }

    // One line end between words becomes a blank; of several line ends the first is dropped.
    private static string Folded(string mark, StringBuilder breaks) => mark != "\n" ? mark + breaks : breaks.Length == 0 ? " " : breaks.ToString();

    private void QuotedScalar()
    {
        var (line, column, quote) = (_at.Line + 1, _at.Column + 1, _at.Peek());
        var value = new StringBuilder();
        _at.Skip();
        for (; ; )
        {
            QuotedWord(value, quote);
            if (_at.Peek() == quote)
                break;
            QuotedBlanks(value, line, column);
        }

        _at.Skip();
        _tokens.Add(new(YamlTokenKind.Scalar, line, column, value.ToString()));
    }

    private void QuotedWord(StringBuilder value, char quote)
    {
        for (; !_at.EndsWord();)
        {
            var c = _at.Peek();
            if (c == '\'' && quote == c && _at.Peek(1) == c)
            {
                value.Append(c);
                _at.Skip(2);
            }
            else if (c == quote)
            {
                return;
            }
            else if (c == '\\' && quote == '"')
            {
                _at.Skip();
                Escape(value);
            }
            else
            {
                value.Append(c);
                _at.Skip();
            }
        }
    }

    private void Escape(StringBuilder value)
    {
        if (_at.Break().Length > 0)
        {
            QuotedBreaks(value);
            return;
        }

        var c = _at.Peek();
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            var place = "0abt\tnvfre \"\\/N_LP".IndexOf(c, StringComparison.Ordinal);
            if (place < 0 || c == '\0')
                throw _at.Error($"'\\{c}' means nothing in double quotes: write \\\\ for a backslash");
            value.Append("\0\a\b\t\t\n\v\f\r\x1B \"\\/\x85\xA0\u2028\u2029"[place]);
            _at.Skip();
            return;
        }

        for (var i = 1; i <= digits; i++)
        {
            if (!char.IsAsciiHexDigit(_at.Peek(i)))
                throw _at.Error($"{digits} hexadecimal digits must come after '\\{c}'");
        }

        var code = uint.Parse(_at.Take(digits + 1).AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (code > 0x10FFFF)
            throw _at.Error("there is no such character");
        if (code > 0xFFFF)
            value.Append(char.ConvertFromUtf32((int)code));
        else
            value.Append((char)code);
    }

    private void QuotedBlanks(StringBuilder value, int line, int column)
    {
        var length = 0;
        while (_at.Peek(length) is ' ' or '\t')
            length++;
        var blanks = _at.Take(length);
        if (_at.Peek() == '\0')
            throw new YamlSyntaxException(line, column, "a quoted text begins here and does not end");
        var mark = _at.Break();
        if (mark.Length == 0)
        {
            value.Append(blanks);
            return;
        }

        var breaks = new StringBuilder();
        QuotedBreaks(breaks);
        value.Append(Folded(mark, breaks));
    }

    private void QuotedBreaks(StringBuilder breaks)
    {
        for (; ; )
        {
            if (_at.IsDocumentMark())
                throw _at.Error("a document ends inside of a quoted text");
            while (_at.Peek() is ' ' or '\t')
                _at.Skip();
            if (_at.Break() is not { Length: > 0 } mark)
                return;
            breaks.Append(mark);
        }
    }

    private void BlockScalar()
    {
        var (line, column, folded) = (_at.Line + 1, _at.Column + 1, _at.Peek() == '>');
        _at.Skip();
        var (keep, increment) = BlockIndicators();
        var least = Math.Max(_indent + 1, 1);
        var (value, breaks) = (new StringBuilder(), new StringBuilder());
        int indent;
        if (increment == 0)
        {
            indent = Math.Max(least, BlockIndent(breaks));
        }
        else
        {
            indent = least + increment - 1;
            _at.Breaks(breaks, indent);
        }

        var mark = "";
        while (_at.Column == indent && _at.Peek() != '\0')
        {
            value.Append(breaks);
            breaks.Clear();
            var isText = _at.Peek() is not (' ' or '\t');
            var length = 0;
            while (!_at.EndsLine(length))
                length++;
            value.Append(_at.Take(length));
            mark = _at.Break();
            _at.Breaks(breaks, indent);
            if (_at.Column != indent || _at.Peek() == '\0')
                break;
            // Lines of a folded text are joined, except those that begin with blanks.
            if (!folded || mark != "\n" || !isText || _at.Peek() is ' ' or '\t')
                value.Append(mark);
            else if (breaks.Length == 0)
                value.Append(' ');
        }

        if (keep != false)
            value.Append(mark);
        if (keep == true)
            value.Append(breaks);
        _tokens.Add(new(YamlTokenKind.Scalar, line, column, value.ToString()));
    }

    // Whether line ends at the end are kept (true), dropped (false) or reduced to one (null), and the indentation, 0 when it must be detected.
    private (bool? Keep, int Increment) BlockIndicators()
    {
        bool? keep = null;
        var increment = 0;
        for (var i = 0; i < 2; i++)
        {
            var c = _at.Peek();
            if (c is '+' or '-' && keep is null)
                keep = c == '+';
            else if (char.IsAsciiDigit(c) && increment == 0)
                increment = c == '0' ? throw _at.Error("the indentation of a block is 1 to 9") : c - '0';
            else
                break;
            _at.Skip();
        }

        if (!_at.EndsWord())
            throw _at.Error("only an indentation and '+' or '-' can stand behind '|' or '>'");
        while (_at.Peek() is ' ' or '\t')
            _at.Skip();
        if (_at.Peek() == '#')
            _at.SkipLine();
        if (!_at.EndsLine())
            throw _at.Error("the text of a block begins in the line below '|' or '>'");
        _at.Break();
        return (keep, increment);
    }

    // The furthest column that blanks reach before the first word.
    private int BlockIndent(StringBuilder breaks)
    {
        var indent = 0;
        for (; ; )
        {
            while (_at.Peek() == ' ')
                _at.Skip();
            indent = Math.Max(indent, _at.Column);
            if (_at.Break() is not { Length: > 0 } mark)
                return indent;
            breaks.Append(mark);
        }
    }
}
