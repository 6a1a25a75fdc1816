using System.Globalization;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Groups and extensions in parentheses.</summary>
internal sealed partial class RegexTranslator
{
    private void Open()
    {
        _verbose.Push(_isVerbose);
        if (!Next("(?"))
        {
            _at++;
            _out.Append("(?<").Append(++_groups).Append('>');
            return;
        }

        if (Next("(?P<"))
            Named();
        else if (Next("(?P="))
            Reference("(?P=", text => $@"\k<{text}>");
        else if (Next("(?("))
            Conditional();
        else if (Next("(?#"))
            Comment();
        else if (Next("(?:") || Next("(?=") || Next("(?!") || Next("(?>"))
            Take(3);
        else if (Next("(?<=") || Next("(?<!"))
            Take(4);
        else
            InlineFlags();
    }

    private void Take(int count)
    {
        _out.Append(_pattern, _at, count);
        _at += count;
    }

    private void Named()
    {
        var close = _pattern.IndexOf('>', _at);
        var name = close < 0 ? throw Error("missing >, unterminated name") : _pattern[(_at + 4)..close];
        if (!IsIdentifier(name))
            throw Error($"bad character in group name '{name}'");
        if (_names.Exists(pair => pair.Key == name))
            throw Error($"redefinition of group name '{name}'");
        _names.Add(new(name, ++_groups));
        _out.Append("(?<").Append(_groups).Append('>');
        _at = close + 1;
    }

    private void Reference(string open, Func<string, string> write)
    {
        var close = _pattern.IndexOf(')', _at);
        var name = close < 0 ? throw Error("missing ), unterminated name") : _pattern[(_at + open.Length)..close];
        _out.Append(write(Number(name).ToString(CultureInfo.InvariantCulture)));
        _verbose.Pop();
        _at = close + 1;
    }

    private int Number(string name)
    {
        foreach (var (key, number) in _names)
        {
            if (key == name)
                return number;
        }

        throw Error($"unknown group name '{name}'");
    }

    private void Conditional()
    {
        var close = _pattern.IndexOf(')', _at);
        var name = close < 0 ? throw Error("missing ), unterminated name") : _pattern[(_at + 3)..close];
        var number = int.TryParse(name, NumberStyles.None, null, out var direct) ? direct : Number(name);
        _out.Append("(?(").Append(number).Append(')');
        _at = close + 1;
    }

    private void Comment()
    {
        var close = _pattern.IndexOf(')', _at);
        _at = close < 0 ? throw Error("missing ), unterminated comment") : close + 1;
        _verbose.Pop();
    }

    // "(?im)" applies to the whole pattern and must be at its beginning; "(?i-s:...)" applies to a group.
    private void InlineFlags()
    {
        var end = _at + 2;
        while (end < _pattern.Length && (char.IsAsciiLetter(_pattern[end]) || _pattern[end] == '-'))
            end++;
        var text = _pattern[(_at + 2)..end];
        if (end >= _pattern.Length || text.Length == 0 || _pattern[end] is not (')' or ':') || text.Any(c => !"aiLmsux-".Contains(c)))
            throw Error("unknown extension ?" + (_at + 2 < _pattern.Length ? _pattern[_at + 2] : ""));
        if (_pattern[end] == ')')
        {
            if (_at != 0 || text.Contains('-'))
                throw Error("global flags not at the start of the expression");
            _flags |= (text.Contains('i') ? PythonRegex.IgnoreCase : 0) | (text.Contains('m') ? PythonRegex.MultiLine : 0) | (text.Contains('s') ? PythonRegex.DotAll : 0);
            _isVerbose |= text.Contains('x');
            _verbose.Pop();
        }
        else
        {
            var dash = text.IndexOf('-');
            _isVerbose = (_isVerbose || text[..(dash < 0 ? text.Length : dash)].Contains('x')) && !(dash >= 0 && text[dash..].Contains('x'));
            var kept = string.Concat(text.Where(c => "ims-".Contains(c))).TrimEnd('-');
            _out.Append("(?").Append(kept).Append(':');
        }

        _at = end + 1;
    }
}
