using System.Text;

namespace Undercloud.Config;

/// <summary>Input for a message: one line, in quotes, truncated when long.</summary>
internal static class OneLine
{
    private const int Longest = 80;

    public static string Quote(string text)
    {
        var shown = text.Length > Longest ? text[..Longest] : text;
        var line = new StringBuilder("'");
        foreach (var c in shown)
        {
            if (c == '\n')
                line.Append("\\n");
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
                line.Append($"\\u{(int)c:x4}");
            else
                line.Append(c);
        }

        return line.Append(text.Length > Longest ? "…'" : "'").ToString();
    }
}
