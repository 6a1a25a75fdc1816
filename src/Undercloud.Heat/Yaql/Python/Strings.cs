using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Methods of Python's str.</summary>
internal static class Strings
{
    /// <summary>str.strip(): blanks, or any of the given characters.</summary>
    public static string Strip(string text, string? characters) => StripLeft(StripRight(text, characters), characters);

    public static string StripLeft(string text, string? characters)
    {
        var from = 0;
        while (from < text.Length && Strips(text, from, characters, out var length))
            from += length;
        return text[from..];
    }

    public static string StripRight(string text, string? characters)
    {
        var to = text.Length;
        while (to > 0)
        {
            var at = to > 1 && char.IsSurrogatePair(text[to - 2], text[to - 1]) ? to - 2 : to - 1;
            if (!Strips(text, at, characters, out _))
                break;
            to = at;
        }

        return text[..to];
    }

    private static bool Strips(string text, int at, string? characters, out int length)
    {
        length = char.IsSurrogate(text[at]) && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        if (characters is null)
            return PythonString.IsSpace(text[at]);
        return length == 1 ? characters.Contains(text[at]) : characters.Contains(text.Substring(at, 2), StringComparison.Ordinal);
    }

    /// <summary>str.split() with the given number of splits, all of them when it is negative.</summary>
    public static List<string> Split(string text, string? separator, int most)
    {
        if (separator is null)
            return SplitBlanks(text, most);
        RequireSeparator(separator);
        var parts = new List<string>();
        var from = 0;
        while (most < 0 || parts.Count < most)
        {
            var at = text.IndexOf(separator, from, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Add(text[from..at]);
            from = at + separator.Length;
        }

        parts.Add(text[from..]);
        return parts;
    }

    /// <summary>str.rsplit().</summary>
    public static List<string> SplitRight(string text, string? separator, int most)
    {
        if (separator is null)
            return SplitBlanksRight(text, most);
        RequireSeparator(separator);
        var parts = new List<string>();
        var to = text.Length;
        while (most < 0 || parts.Count < most)
        {
            var at = text.AsSpan(0, to).LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Add(text[(at + separator.Length)..to]);
            to = at;
        }

        parts.Add(text[..to]);
        parts.Reverse();
        return parts;
    }

    /// <summary>str.replace() with the given number of replacements, all of them when it is negative.</summary>
    public static string Replace(Evaluator evaluator, string text, string old, string by, int most)
    {
        if (most == 0)
            return text;
        if (old.Length == 0)
            return Interleave(evaluator, text, by, most);
        var builder = new StringBuilder();
        var (from, count) = (0, 0);
        while (most < 0 || count < most)
        {
            var at = text.IndexOf(old, from, StringComparison.Ordinal);
            if (at < 0)
                break;
            builder.Append(text, from, at - from).Append(by);
            from = at + old.Length;
            count++;
            evaluator.Forecast(builder.Length);
        }

        return count == 0 ? text : builder.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>str.find() within <c>[start:end]</c>, with the indexes of Python's slices.</summary>
    public static int Find(string text, string part, int start, int end, bool last)
    {
        var length = CodePoints.Count(text);
        start = int.Max(start < 0 ? start + length : start, 0);
        end = int.Min(end < 0 ? int.Max(end + length, 0) : end, length);
        if (start > end)
            return -1;
        var from = CodePoints.ToUnit(text, start);
        var span = text.AsSpan(from, CodePoints.ToUnit(text, end) - from);
        var at = last ? LastIndexOf(span, part) : span.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : start + CodePoints.Count(span[..at]);
    }

    /// <summary>Python's <c>text[start:end]</c>.</summary>
    public static string Slice(string text, int start, long end)
    {
        var length = CodePoints.Count(text);
        start = int.Clamp(start < 0 ? start + length : start, 0, length);
        var stop = (int)long.Clamp(end < 0 ? end + length : end, 0, length);
        return start >= stop ? "" : CodePoints.Slice(text, start, stop);
    }

    /// <summary>str.upper(); .NET maps character by character, Python also maps one character to several.</summary>
    public static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        return upper.AsSpan().IndexOfAny(s_several) < 0 ? upper
            : upper.Replace("ß", "SS", StringComparison.Ordinal).Replace("ŉ", "ʼN", StringComparison.Ordinal).Replace("ﬁ", "FI", StringComparison.Ordinal)
                .Replace("ﬂ", "FL", StringComparison.Ordinal).Replace("ﬀ", "FF", StringComparison.Ordinal).Replace("ﬃ", "FFI", StringComparison.Ordinal)
                .Replace("ﬄ", "FFL", StringComparison.Ordinal).Replace("ﬅ", "ST", StringComparison.Ordinal).Replace("ﬆ", "ST", StringComparison.Ordinal);
    }

    /// <summary>str.lower(): a capital sigma at the end of a word has a form of its own.</summary>
    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant().Replace("İ", "i̇", StringComparison.Ordinal);
        if (!text.Contains('Σ') || lower.Length != text.Length)
            return lower;
        var characters = lower.ToCharArray();
        for (var i = 1; i < characters.Length; i++)
        {
            if (text[i] == 'Σ' && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1])))
                characters[i] = 'ς';
        }

        return new string(characters);
    }

    private static readonly System.Buffers.SearchValues<char> s_several = System.Buffers.SearchValues.Create("ßŉﬁﬂﬀﬃﬄﬅﬆ");

    private static void RequireSeparator(string separator)
    {
        if (separator.Length == 0)
            throw YaqlException.Value("empty separator");
    }

    private static int LastIndexOf(ReadOnlySpan<char> span, string part) =>
        part.Length == 0 ? span.Length : span.LastIndexOf(part, StringComparison.Ordinal);

    private static List<string> SplitBlanks(string text, int most)
    {
        var parts = new List<string>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && PythonString.IsSpace(text[at]))
                at++;
            if (at == text.Length)
                return parts;
            var from = at;
            if (most >= 0 && parts.Count >= most)
            {
                parts.Add(text[from..]);
                return parts;
            }

            while (at < text.Length && !PythonString.IsSpace(text[at]))
                at++;
            parts.Add(text[from..at]);
        }
    }

    private static List<string> SplitBlanksRight(string text, int most)
    {
        var parts = new List<string>();
        var at = text.Length;
        while (true)
        {
            while (at > 0 && PythonString.IsSpace(text[at - 1]))
                at--;
            if (at == 0)
                break;
            var to = at;
            if (most >= 0 && parts.Count >= most)
            {
                parts.Add(text[..to]);
                break;
            }

            while (at > 0 && !PythonString.IsSpace(text[at - 1]))
                at--;
            parts.Add(text[at..to]);
        }

        parts.Reverse();
        return parts;
    }

    // "ab".replace("", "-") is "-a-b-".
    private static string Interleave(Evaluator evaluator, string text, string by, int most)
    {
        var builder = new StringBuilder();
        var count = 0;
        foreach (var character in CodePoints.Split(text))
        {
            if (most < 0 || count++ < most)
                builder.Append(by);
            builder.Append(character);
            evaluator.Forecast(builder.Length);
        }

        return (most < 0 || count < most ? builder.Append(by) : builder).ToString();
    }
}
