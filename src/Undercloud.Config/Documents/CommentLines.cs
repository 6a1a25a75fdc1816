namespace Undercloud.Config;

/// <summary>Text as comments of a configuration file.</summary>
internal static class CommentLines
{
    private const int Width = 79;

    /// <summary>The text in lines of at most 79 characters, each with <c>#</c> before it; longer words stay whole.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var line = "#";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 1 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "#";
            }

            line += $" {word}";
        }

        yield return line;
    }
}
