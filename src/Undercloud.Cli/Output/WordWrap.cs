using System.Buffers;

namespace Undercloud.Cli.Output;

/// <summary>Breaks text into lines of limited width: at blanks, else after punctuation, else at the width.</summary>
internal static class WordWrap
{
    private static readonly SearchValues<char> s_punctuation = SearchValues.Create("/,;:=_-.");

    /// <summary>The lines of one line of text. They keep the line's indent.</summary>
    /// <param name="line">The text, without a line break.</param>
    /// <param name="width">The maximum number of characters in a line.</param>
    /// <param name="words">Whether to break only at blanks: a longer word, e.g. a path or a command to copy, stays whole.</param>
    public static IEnumerable<string> Lines(string line, int width, bool words = false)
    {
        var indent = line[..(line.Length - line.TrimStart(' ').Length)];
        if (indent.Length > width / 2)
            indent = "";
        var rest = line;
        while (rest.Length > width)
        {
            var cut = Cut(rest, width, indent.Length, words);
            if (cut >= rest.Length)
                break;
            yield return rest[..cut].TrimEnd(' ');
            rest = indent + rest[cut..].TrimStart(' ');
        }

        yield return rest;
    }

    /// <summary>The length of the longest part without a blank.</summary>
    public static int LongestWord(string text) => text.Split(' ', '\n').Max(word => word.Length);

    private static int Cut(string text, int width, int indent, bool words)
    {
        var blank = text.LastIndexOf(' ', width);
        if (blank > indent)
            return blank;
        if (words)
            return text.IndexOf(' ', indent) is > 0 and var next ? next : text.Length;
        var mark = text.AsSpan(indent, width - indent).LastIndexOfAny(s_punctuation);
        return mark > 0 ? indent + mark + 1 : width;
    }
}
