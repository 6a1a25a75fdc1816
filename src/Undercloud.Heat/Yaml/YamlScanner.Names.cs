using System.Globalization;
using System.Text;

namespace Undercloud.Heat.Yaml;

/// <summary>Anchors, aliases, tags, directives.</summary>
internal sealed partial class YamlScanner
{
    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private void Anchor()
    {
        var (line, column, kind) = (_at.Line + 1, _at.Column + 1, _at.Peek() == '*' ? YamlTokenKind.Alias : YamlTokenKind.Anchor);
        _at.Skip();
        var name = Word();
        if (name.Length == 0 || !(_at.EndsWord() || "?:,]}%@`".Contains(_at.Peek())))
            throw _at.Error($"the name of an {(kind == YamlTokenKind.Alias ? "alias" : "anchor")} is made of letters, digits, '-' and '_'");
        _tokens.Add(new(kind, line, column, name));
    }

    private void Tag()
    {
        var (line, column) = (_at.Line + 1, _at.Column + 1);
        string? handle = null;
        string suffix;
        if (_at.Peek(1) == '<')
        {
            _at.Skip(2);
            suffix = Uri();
            if (_at.Peek() != '>')
                throw _at.Error("a tag that begins with '!<' ends with '>'");
            _at.Skip();
        }
        else if (_at.EndsWord(1))
        {
            _at.Skip();
            suffix = "!";
        }
        else
        {
            handle = Handle();
            suffix = Uri();
        }

        if (!_at.EndsWord())
            throw _at.Error("a blank must come after a tag");
        _tokens.Add(new(YamlTokenKind.Tag, line, column, suffix, handle));
    }

    // '!', or '!name!' where the word contains a second exclamation mark.
    private string Handle()
    {
        var length = 1;
        while (!(_at.EndsLine(length) || _at.Peek(length) is ' ' or '!'))
            length++;
        if (_at.Peek(length) != '!')
            return _at.Take(1);
        for (var i = 1; i < length; i++)
        {
            if (!IsName(_at.Peek(i)))
                throw _at.Error("the handle of a tag is made of letters, digits, '-' and '_'");
        }

        return _at.Take(length + 1);
    }

    private string Uri()
    {
        var uri = new StringBuilder();
        while (char.IsAsciiLetterOrDigit(_at.Peek()) || (_at.Peek() != '\0' && "-;/?:@&=+$,_.!~*'()[]%".Contains(_at.Peek())))
        {
            if (_at.Peek() == '%')
                uri.Append(Encoding.UTF8.GetString(Escaped()));
            else
                uri.Append(_at.Take(1));
        }

        return uri.Length > 0 ? uri.ToString() : throw _at.Error("a tag needs a name");
    }

    private byte[] Escaped()
    {
        var bytes = new List<byte>();
        while (_at.Peek() == '%')
        {
            if (!char.IsAsciiHexDigit(_at.Peek(1)) || !char.IsAsciiHexDigit(_at.Peek(2)))
                throw _at.Error("two hexadecimal digits must come after '%' in a tag");
            bytes.Add(byte.Parse(_at.Take(3).AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        return [.. bytes];
    }

    private void Directive()
    {
        var (line, column) = (_at.Line + 1, _at.Column + 1);
        _at.Skip();
        var name = Word();
        if (name.Length == 0 || !_at.EndsWord())
            throw _at.Error("a directive needs a name");
        var arguments = new StringBuilder();
        while (!(_at.EndsLine() || _at.Peek() == '#'))
            arguments.Append(_at.Take(1));
        _at.SkipLine();
        _at.Break();
        _tokens.Add(new(YamlTokenKind.Directive, line, column, arguments.ToString().Trim(), name));
    }

    private string Word()
    {
        var length = 0;
        while (IsName(_at.Peek(length)))
            length++;
        return _at.Take(length);
    }
}
