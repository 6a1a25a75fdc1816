namespace Undercloud.Heat.Environments;

/// <summary>Patterns of names as Python's <c>fnmatch.fnmatchcase</c> reads them: <c>*</c>, <c>?</c>, <c>[seq]</c>, <c>[!seq]</c>.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?', '[') < 0)
            return pattern == name;
        // On a mismatch, return to the last star and let it match one more character.
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark) = (p++, n);
            else if (p < pattern.Length && One(pattern, p, name[n]) is > 0 and var length)
                (p, n) = (p + length, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++mark);
            else
                return false;
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    // The number of pattern characters that match this one; 0 when none do.
    private static int One(string pattern, int at, char letter)
    {
        if (pattern[at] == '?')
            return 1;
        if (pattern[at] != '[')
            return pattern[at] == letter ? 1 : 0;
        var negated = at + 1 < pattern.Length && pattern[at + 1] == '!';
        var start = at + (negated ? 2 : 1);
        var end = start < pattern.Length ? pattern.IndexOf(']', start + 1) : -1;
        if (end < 0)
            return letter == '[' ? 1 : 0;
        return Holds(pattern.AsSpan(start, end - start), letter) != negated ? end - at + 1 : 0;
    }

    private static bool Holds(ReadOnlySpan<char> set, char letter)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (letter >= set[i] && letter <= set[i + 2])
                    return true;
                i += 2;
            }
            else if (set[i] == letter)
            {
                return true;
            }
        }

        return false;
    }
}
