using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Deploy.Containers;

/// <summary>Splits and joins words as a POSIX shell reads them, without expansions.</summary>
public static class ShellWords
{
    /// <summary>The words of <paramref name="text"/>; null when a quote is not closed.</summary>
    public static ImmutableArray<string>? Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        StringBuilder? word = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
                continue;
            }

            word ??= new();
            if (text[i] is '\'' or '"')
            {
                i = Quoted(text, i, word);
                if (i < 0)
                    return null;
            }
            else
            {
                if (text[i] == '\\' && ++i == text.Length)
                    return null;
                word.Append(text[i]);
            }
        }

        if (word is not null)
            words.Add(word.ToString());
        return words.ToImmutable();
    }

    /// <summary>One line that a shell reads back as these words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:=@%+,".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";

    // The place of the closing quote, or -1. In double quotes a backslash escapes only ", \, $ and `.
    private static int Quoted(string text, int open, StringBuilder word)
    {
        var quote = text[open];
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return i;
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length && "\"\\$`".Contains(text[i + 1]))
                i++;
            word.Append(text[i]);
        }

        return -1;
    }
}
