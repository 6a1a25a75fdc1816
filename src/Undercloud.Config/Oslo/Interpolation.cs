using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Config;

/// <summary>
/// References in values: $name, ${name}, $group.name, ${group.name}; $$ and \$ stand for a dollar sign (source: oslo.config 9).
/// </summary>
public static class Interpolation
{
    /// <summary>The maximum length of a value after references are replaced: each may expand to further references.</summary>
    public const int LongestResult = 1 << 16;

    /// <summary>
    /// The text with every reference replaced by the answer of <paramref name="lookup"/>. A dollar sign that no name follows stays as it is;
    /// an inserted text is not searched again. Null when the result is longer than <see cref="LongestResult"/>.
    /// </summary>
    public static string? Replace(string text, Func<string, string> lookup)
    {
        var template = text.Replace(@"\$", "$$", StringComparison.Ordinal);
        var result = new StringBuilder(template.Length);
        var at = 0;
        while (at < template.Length)
        {
            var (name, end) = template[at] == '$' ? Reference(template, at + 1) : (null, at + 1);
            if (name is null)
                result.Append(template[at]);
            else
                result.Append(name == "$" ? name : lookup(name));
            at = end;
            if (name is not null && result.Length > LongestResult)
                return null;
        }

        return result.ToString();
    }

    /// <summary>The names to which a text refers, in their order.</summary>
    public static ImmutableArray<string> NamesIn(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        Replace(text, name =>
        {
            names.Add(name);
            return "";
        });
        return names.ToImmutable();
    }

    /// <summary>The text that is read back as <paramref name="text"/>.</summary>
    public static string Escape(string text) => text.Replace("$", @"\$", StringComparison.Ordinal);

    // reference => '$' ( '$' | name | '{' name '}' ); name => [_a-zA-Z] [._a-zA-Z0-9]*
    private static (string? Name, int End) Reference(string template, int start)
    {
        if (start < template.Length && template[start] == '$')
            return ("$", start + 1);
        var braced = start < template.Length && template[start] == '{';
        var first = braced ? start + 1 : start;
        var end = first;
        while (end < template.Length && IsNamePart(template[end], end == first))
            end++;
        var closed = !braced || (end < template.Length && template[end] == '}');
        return end == first || !closed ? (null, start) : (template[first..end], braced ? end + 1 : end);
    }

    // In Python, [a-z] of a case-insensitive pattern also matches four letters whose other case is an i, a k or an s.
    private static bool IsNamePart(char c, bool isFirst) =>
        c is '_' or '\u0130' or '\u0131' or '\u017f' or '\u212a' || char.IsAsciiLetter(c) || (!isFirst && (c == '.' || char.IsAsciiDigit(c)));
}
