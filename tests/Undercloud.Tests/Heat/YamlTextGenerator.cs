using System.Text;

namespace Undercloud.Tests.Heat;

/// <summary>Texts that mix YAML's block and flow styles: structures in random style, and pieces in random order, which are often wrong.</summary>
internal static class YamlTextGenerator
{
    private static readonly string[] s_words =
        ["a", "b c", ":x", "://", ":", "::a", "a:b", "http://x:1", "-", "-a", "--", "?", "?a", "1", "~", "\"q\"", "'s'", "\"a: b\"", "'it''s'", "\"\\n\"", "", "a#b", "#", "a #c", "!!str 1", "&n x", "!!binary aGk=", "<<", "="];

    private static readonly string[] s_pieces =
    [
        "- ", "a: ", "b:", "? ", ": ", "{", "}", "[", "]", ",", ", ", " ", "\n", "\n", "\n ", "\n  ", "\n- ", "\n  - ", "\nc: ", "\n  d: ", "|\n  ", ">\n  ", "|-\n", ">+\n ", "|2\n  ",
        "---\n", "...\n", "--- ", "#c\n", "&m ", "*m", "!!set ", "!!omap ", "! ", .. s_words,
    ];

    /// <summary>The same texts in every run.</summary>
    public static string[] Texts(int count, int seed = 13)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Structure(random) : Pieces(random))];
    }

    private static string Pieces(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 14); i > 0; i--)
            text.Append(Pick(random, s_pieces));
        return text.ToString();
    }

    private static string Structure(Random random)
    {
        var text = new StringBuilder();
        Block(random, text, 0, random.Next(1, 4));
        return text.ToString();
    }

    // A collection in block style at a column; the text is at a line's beginning.
    private static void Block(Random random, StringBuilder text, int column, int depth)
    {
        var isList = random.Next(2) == 0;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(' ', column).Append(isList ? "-" : random.Next(8) == 0 ? "? " + Pick(random, s_words) + "\n" + new string(' ', column) + ":" : $"{Key(random)}:");
            switch (random.Next(depth > 0 ? 5 : 3))
            {
                case 0:
                    text.Append(' ').Append(Pick(random, s_words)).Append('\n');
                    break;
                case 1:
                    text.Append(' ');
                    Flow(random, text, column, 2);
                    text.Append('\n');
                    break;
                case 2:
                    text.Append(random.Next(2) == 0 ? " |" : " >").Append(Pick(random, ["", "-", "+"])).Append('\n');
                    for (var line = random.Next(0, 3); line > 0; line--)
                        text.Append(' ', column + 2).Append(Pick(random, s_words)).Append('\n');
                    break;
                default:
                    text.Append('\n');
                    Block(random, text, column + random.Next(isList ? 1 : 0, 4), depth - 1);
                    break;
            }
        }
    }

    private static void Flow(Random random, StringBuilder text, int column, int depth)
    {
        var isList = random.Next(2) == 0;
        text.Append(isList ? '[' : '{');
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            if (!isList || random.Next(4) == 0)
                text.Append(Key(random)).Append(Pick(random, [":", ": ", " : "]));
            if (depth > 0 && random.Next(3) == 0)
                Flow(random, text, column, depth - 1);
            else
                text.Append(Pick(random, s_words));
            text.Append(i == 1 ? "" : Pick(random, [",", ", ", ",\n" + new string(' ', column + 1), " , "]));
        }

        text.Append(isList ? ']' : '}');
    }

    private static string Key(Random random) => Pick(random, ["a", "b", "c d", "\"q\"", "'s'", ":k", "e", "1", "f:g"]);

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
