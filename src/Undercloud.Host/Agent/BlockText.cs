using System.Text;

namespace Undercloud.Host.Agent;

/// <summary>A block of the tool's lines between two marker lines in a file of others.</summary>
internal static class BlockText
{
    public static string Begin(string name) => $"# BEGIN {name}";

    public static string End(string name) => $"# END {name}";

    /// <summary>The text with the block's new content: in its place, or at the end when the text has no such block.</summary>
    /// <exception cref="FormatException">A begin marker has no end marker after it.</exception>
    public static string With(string text, string name, string content)
    {
        var (before, after, found) = Cut(text, name);
        if (!found && before.Length > 0 && !before.EndsWith('\n'))
            before += "\n";
        var body = content.Length == 0 || content.EndsWith('\n') ? content : content + "\n";
        return $"{before}{Begin(name)}\n{body}{End(name)}\n{after}";
    }

    /// <summary>The text without the block.</summary>
    /// <exception cref="FormatException">A begin marker has no end marker after it.</exception>
    public static string Without(string text, string name)
    {
        var (before, after, _) = Cut(text, name);
        return before + after;
    }

    // The text before and after the block. Further copies of the block are dropped: they carry the tool's marker.
    private static (string Before, string After, bool Found) Cut(string text, string name)
    {
        var (before, after) = (new StringBuilder(), new StringBuilder());
        var (found, inside, number, begun) = (false, false, 0, 0);
        foreach (var line in text.Length == 0 ? [] : text.TrimEndOne('\n').Split('\n'))
        {
            number++;
            var marker = line.TrimEnd();
            if (marker == Begin(name))
                (found, inside, begun) = inside ? throw Open(begun) : (true, true, number);
            else if (inside && marker == End(name))
                inside = false;
            else if (!inside)
                (found ? after : before).Append(line).Append('\n');
        }

        if (inside)
            throw Open(begun);
        if (text.Length > 0 && !text.EndsWith('\n') && (found ? after : before) is { Length: > 0 } last)
            last.Length--;
        return (before.ToString(), after.ToString(), found);

        FormatException Open(int line) => new($"line {line} begins the block '{name}', and no line '{End(name)}' ends it");
    }

    private static string TrimEndOne(this string text, char end) => text.EndsWith(end) ? text[..^1] : text;
}
