using System.Text;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Strings by code point, as Python counts them; .NET counts UTF-16 units, which is equal without surrogates.</summary>
internal static class CodePoints
{
    public static bool AreUnits(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\ud800', '\udfff') < 0;

    public static int Count(ReadOnlySpan<char> text)
    {
        if (AreUnits(text))
            return text.Length;
        var count = 0;
        for (var i = 0; i < text.Length; i++, count++)
        {
            if (IsPair(text, i))
                i++;
        }

        return count;
    }

    /// <summary>The position of a code point in the text, in units; the end when there are fewer.</summary>
    public static int ToUnit(string text, int index)
    {
        if (AreUnits(text))
            return int.Clamp(index, 0, text.Length);
        var unit = 0;
        for (; index > 0 && unit < text.Length; index--)
            unit += IsPair(text, unit) ? 2 : 1;
        return unit;
    }

    /// <summary>Each character as a string.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
                yield return text.Substring(i++, 2);
            else
                yield return text[i].ToString();
        }
    }

    /// <summary>Python's <c>text[start:end]</c> with indexes that are not negative.</summary>
    public static string Slice(string text, int start, int end)
    {
        var from = ToUnit(text, start);
        var to = ToUnit(text, end);
        return from >= to ? "" : text[from..to];
    }

    /// <summary>The code point at a position.</summary>
    public static int At(string text, int unit) => IsPair(text, unit) ? char.ConvertToUtf32(text[unit], text[unit + 1]) : text[unit];

    /// <summary>A text repeated a number of times.</summary>
    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static bool IsPair(ReadOnlySpan<char> text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
