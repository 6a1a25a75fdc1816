namespace Undercloud.Heat.Templates;

/// <content>Groups and extensions that begin with "(?".</content>
internal sealed partial class PythonPattern
{
    // extension => "(?P<" name ">" | "(?P=" name ")" | "(?" …
    private void Extension()
    {
        var rest = _pattern.AsSpan(_at);
        if (rest.StartsWith("(?P<"))
        {
            Open("(?<");
            _at += 4;
        }
        else if (rest.StartsWith("(?P="))
        {
            var end = _pattern.IndexOf(')', _at);
            if (end < 0)
                throw Wrong("a reference to a group does not end");
            _begun = true;
            _atom = _net.Length;
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
            Open("(?");
            _at += 2;
        }
    }

    private void Open(string net)
    {
        _begun = true;
        _groups.Push(_net.Length);
        _net.Append(net);
        _atom = Nothing;
    }

    // flags => "(?" letters ")" at the beginning | "(?" letters [ "-" letters ] ":"
    private void Flags()
    {
        var end = _pattern.AsSpan(_at).IndexOfAny(')', ':');
        if (end < 0)
            throw Wrong("flags do not end");
        var global = _pattern[_at + end] == ')';
        if (global && _begun)
            throw Wrong("flags for the whole expression stand at its beginning");
        var flags = _pattern.AsSpan(_at + 2, end - 2);
        if (flags.IndexOfAnyExcept(s_flags) >= 0 || (global && flags.Contains('-')))
            throw Wrong("there is no such flag");
        // Unicode is always on.
        var kept = string.Concat(flags.ToString().Where(flag => flag is not ('u' or 'a' or 'L')));
        if (!global)
            Open($"(?{kept}:");
        else if (kept.Length > 0)
            _net.Append($"(?{kept})");
        _at += end + 1;
    }
}
