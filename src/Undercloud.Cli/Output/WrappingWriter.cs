using System.Text;

namespace Undercloud.Cli.Output;

/// <summary>
/// Messages for a terminal: a line longer than it is wide is broken at blanks, where the terminal itself would break inside a word. What is
/// written without the end of its line passes as it is.
/// </summary>
/// <param name="inner">Where the lines go.</param>
/// <param name="width">How wide the terminal is now.</param>
internal sealed class WrappingWriter(TextWriter inner, Func<int> width) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Makes standard error one, where that is a terminal.</summary>
    public static void Install()
    {
        if (!Console.IsErrorRedirected)
            Console.SetError(new WrappingWriter(Console.Error, () => Console.WindowWidth));
    }

    /// <summary>Writes a text for people to standard output, broken at blanks where that is a terminal.</summary>
    public static void WriteOut(string text)
    {
        if (Console.IsOutputRedirected)
            Console.Out.WriteLine(text);
        else
            new WrappingWriter(Console.Out, () => Console.WindowWidth).WriteLine(text);
    }

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        var columns = width();
        foreach (var line in (value ?? "").Split('\n'))
        {
            foreach (var part in columns > 0 ? WordWrap.Lines(line, columns, words: true) : [line])
                inner.WriteLine(part);
        }
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();
}
