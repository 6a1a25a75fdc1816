using System.Collections.Immutable;

namespace Undercloud.Heat.Values;

/// <summary>Strings as Python sees them: sequences of code points, with Python's definition of white space.</summary>
public static class PythonString
{
    /// <summary><c>len(text)</c>: code points; a surrogate without its other half counts as one.</summary>
    public static int Length(string text)
    {
        var pairs = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                pairs++;
                i++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>The code points of a text, each as a string.</summary>
    public static IEnumerable<string> CodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var width = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
            yield return text.Substring(i, width);
            i += width - 1;
        }
    }

    /// <summary>The code point at a position from 0.</summary>
    public static string At(string text, int place) => CodePoints(text).ElementAt(place);

    /// <summary><c>str.isspace()</c> of one character.</summary>
    public static bool IsSpace(char c) => c is (>= '\x1c' and <= '\x1f') || char.IsWhiteSpace(c);

    /// <summary><c>text.strip()</c>.</summary>
    public static string Strip(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary><c>text.split()</c>: the words between white space.</summary>
    public static ImmutableArray<string> Words(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && !IsSpace(text[i]))
                i++;
            if (i > start)
                words.Add(text[start..i]);
        }

        return words.DrainToImmutable();
    }

    /// <summary>An upper bound of the length of the result of <see cref="Replace"/>.</summary>
    public static long LengthReplaced(string text, string old, string @new) =>
        text.Length + ((old.Length > 0 ? text.AsSpan().Count(old) : text.Length + 1L) * @new.Length);

    /// <summary><c>text.replace(old, new)</c>; an empty <paramref name="old"/> matches before every code point and at the end.</summary>
    public static string Replace(string text, string old, string @new) =>
        old.Length > 0 ? text.Replace(old, @new, StringComparison.Ordinal)
        : @new + string.Concat(CodePoints(text).Select(point => point + @new));
}
