using System.Text;

namespace Undercloud.Heat.Yaml;

/// <summary>A position in a text that only moves forward. After the text's end come NUL characters, which no YAML text has.</summary>
internal sealed class YamlCursor
{
    private readonly string _text;

    /// <summary>Starts at the beginning. Throws when the text has a character that YAML does not allow.</summary>
    public YamlCursor(string text)
    {
        _text = text;
        var (line, start) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                (line, start) = (line + 1, i + 1);
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!IsAllowed(text[i]))
                throw new YamlSyntaxException(line, i - start + 1, $"the character U+{(int)text[i]:X4} is not allowed");
        }

        if (text.StartsWith('\uFEFF'))
            Index = 1;
    }

    /// <summary>The number of characters before the position.</summary>
    public int Index { get; private set; }

    /// <summary>The line, counted from 0.</summary>
    public int Line { get; private set; }

    /// <summary>The column, counted from 0.</summary>
    public int Column { get; private set; }

    /// <summary>The character at an offset from the position.</summary>
    public char Peek(int offset = 0) => Index + offset < _text.Length ? _text[Index + offset] : '\0';

    /// <summary>Whether the character there ends a line or the text.</summary>
    public bool EndsLine(int offset = 0) => Peek(offset) == '\0' || IsBreak(Peek(offset));

    /// <summary>Whether the character there is a blank, or ends a line or the text.</summary>
    public bool EndsWord(int offset = 0) => Peek(offset) is ' ' or '\t' || EndsLine(offset);

    /// <summary>Whether a line that starts or ends a document begins here.</summary>
    public bool IsDocumentMark(char mark) => Column == 0 && Peek() == mark && Peek(1) == mark && Peek(2) == mark && EndsWord(3);

    /// <summary>Whether a line that starts or ends a document begins here.</summary>
    public bool IsDocumentMark() => IsDocumentMark('-') || IsDocumentMark('.');

    /// <summary>Skips a number of characters, none of which ends a line, and returns them.</summary>
    public string Take(int length)
    {
        var taken = _text.Substring(Index, length);
        Index += length;
        Column += length;
        return taken;
    }

    /// <summary>Skips a number of characters, none of which ends a line.</summary>
    public void Skip(int length = 1)
    {
        Index += length;
        Column += length;
    }

    /// <summary>Skips the rest of the line.</summary>
    public void SkipLine()
    {
        while (!EndsLine())
            Skip();
    }

    /// <summary>Skips a line's end and returns its meaning in a text; "" where there is none.</summary>
    public string Break()
    {
        var mark = Peek();
        if (!IsBreak(mark))
            return "";
        Index += mark == '\r' && Peek(1) == '\n' ? 2 : 1;
        Line++;
        Column = 0;
        return mark is '\u2028' or '\u2029' ? mark.ToString() : "\n";
    }

    /// <summary>Skips line ends and the blanks of an indentation, and adds the line ends' meaning to the text.</summary>
    public void Breaks(StringBuilder breaks, int indent)
    {
        for (; ; )
        {
            while (Column < indent && Peek() == ' ')
                Skip();
            if (Break() is not { Length: > 0 } mark)
                return;
            breaks.Append(mark);
        }
    }

    /// <summary>An exception with this position and a message.</summary>
    public YamlSyntaxException Error(string problem) => new(Line + 1, Column + 1, problem);

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\x85' or '\u2028' or '\u2029';

    private static bool IsAllowed(char c) =>
        c is '\t' or '\n' or '\r' or '\x85' or (>= ' ' and <= '~') or (>= '\xA0' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD');
}
