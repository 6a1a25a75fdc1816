using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>Reads a program's output line by line. A line of more than <see cref="Longest"/> characters is split.</summary>
internal static class LineReader
{
    /// <summary>More than any line that is parsed, such as an event with the diff of a whole file.</summary>
    public const int Longest = 16 << 20;

    /// <summary>Passes on each line without its end (LF, CR LF or CR), until the stream ends.</summary>
    public static async Task ReadAsync(TextReader reader, Action<string> onLine, int longest = Longest)
    {
        var buffer = new char[8192];
        var line = new StringBuilder();
        var afterReturn = false;
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
            Take(buffer.AsSpan(0, count));
        if (line.Length > 0)
            End();

        void Take(ReadOnlySpan<char> text)
        {
            if (afterReturn && text[0] == '\n')
                text = text[1..];
            afterReturn = false;
            while (text.IndexOfAny('\n', '\r') is >= 0 and var at)
            {
                Add(text[..at]);
                End();
                afterReturn = text[at] == '\r' && at + 1 == text.Length;
                text = text[(at + (text[at..] is ['\r', '\n', ..] ? 2 : 1))..];
            }

            Add(text);
        }

        void Add(ReadOnlySpan<char> text)
        {
            for (; line.Length + text.Length > longest; End())
            {
                var fits = longest - line.Length;
                line.Append(text[..fits]);
                text = text[fits..];
            }

            line.Append(text);
        }

        void End()
        {
            onLine(line.ToString());
            line.Clear();
        }
    }
}
