using System.Text;

namespace Undercloud.Config;

/// <summary>References in values: $name, ${name}, $group.name; $$ and \$ stand for a dollar sign (source: oslo.config 9).</summary>
public static class Interpolation
{
    /// <summary>
    /// The text with every reference replaced by what <paramref name="lookup"/> answers. A dollar sign no name follows stays as it is;
    /// what was put in is not looked at again.
    /// </summary>
    public static string Replace(string text, Func<string, string> lookup)
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
        }

        return result.ToString();
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

    private static bool IsNamePart(char c, bool isFirst) =>
        c == '_' || char.IsAsciiLetter(c) || (!isFirst && (c == '.' || char.IsAsciiDigit(c)));
}
