using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>The template of re.sub(): text with <c>\1</c>, <c>\g&lt;1></c>, <c>\g&lt;name></c> and escapes in it.</summary>
internal static class RegexTemplate
{
    /// <summary>A function that gives a match's replacement.</summary>
    /// <exception cref="YaqlException">The template is wrong.</exception>
    public static Func<Match, string> Parse(string template, PythonRegex regex)
    {
        if (!template.Contains('\\'))
            return _ => template;
        var parts = new List<(string Text, int Group)>();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            if (template[i] != '\\')
            {
                text.Append(template[i++]);
                continue;
            }

            var group = Escape(template, ref i, text, regex);
            if (group < 0)
                continue;
            parts.Add((text.ToString(), group));
            text.Clear();
        }

        var tail = text.ToString();
        return match =>
        {
            var builder = new StringBuilder();
            foreach (var (before, group) in parts)
                builder.Append(before).Append(PythonRegex.GroupText(match, group));
            return builder.Append(tail).ToString();
        };
    }

    // The number of the group that a backslash refers to, or -1 when it is an escape.
    private static int Escape(string template, ref int at, StringBuilder text, PythonRegex regex)
    {
        if (at + 1 >= template.Length)
            throw new YaqlException("re.error: bad escape (end of pattern)");
        var c = template[at + 1];
        if (c == 'g')
        {
            var close = at + 2 < template.Length && template[at + 2] == '<' ? template.IndexOf('>', at) : throw new YaqlException("re.error: missing <");
            var name = close < 0 ? throw new YaqlException("re.error: missing >, unterminated name") : template[(at + 3)..close];
            at = close + 1;
            return Group(name, regex);
        }

        if (char.IsAsciiDigit(c))
            return Digits(template, ref at, text, regex);
        at += 2;
        if ("abfnrtv".IndexOf(c) is >= 0 and var known)
            text.Append("\a\b\f\n\r\t\v"[known]);
        else if (char.IsAsciiLetter(c))
            throw new YaqlException($@"re.error: bad escape \{c} at position {at - 2}");
        else
            text.Append(c == '\\' ? "\\" : "\\" + c);
        return -1;
    }

    private static int Digits(string template, ref int at, StringBuilder text, PythonRegex regex)
    {
        var end = at + 2;
        while (end < template.Length && end < at + 4 && char.IsAsciiDigit(template[end]))
            end++;
        var digits = template[(at + 1)..end];
        var octal = digits.TakeWhile(d => d <= '7').Count();
        if (digits[0] == '0' || (octal == 3 && digits[0] <= '7'))
        {
            octal = digits[0] == '0' ? int.Min(octal, 3) : octal;
            var code = digits[..octal].Aggregate(0, (value, digit) => (value * 8) + digit - '0');
            text.Append((char)(code <= 255 ? code : throw new YaqlException("re.error: octal escape value outside of range 0-0o377")));
            at += 1 + octal;
            return -1;
        }

        digits = digits[..int.Min(digits.Length, 2)];
        at += 1 + digits.Length;
        return Group(digits, regex);
    }

    private static int Group(string name, PythonRegex regex)
    {
        if (int.TryParse(name, NumberStyles.None, null, out var number))
            return number <= regex.Groups ? number : throw new YaqlException($"re.error: invalid group reference {number}");
        foreach (var (key, place) in regex.Names)
        {
            if (key == name)
                return place;
        }

        throw new YaqlException(RegexTranslator.IsIdentifier(name) ? $"IndexError: unknown group name '{name}'" : $"re.error: bad character in group name '{name}'");
    }
}
