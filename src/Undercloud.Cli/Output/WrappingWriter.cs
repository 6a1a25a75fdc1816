using System.Text;

namespace Undercloud.Cli.Output;

/// <summary>
/// Messages for a terminal: a line that is wider than the terminal is broken at blanks, where the terminal itself would break inside a word. Text without
/// a line end is passed on unchanged.
/// </summary>
/// <param name="inner">The writer of the lines.</param>
/// <param name="width">The present width of the terminal.</param>
internal sealed class WrappingWriter(TextWriter inner, Func<int> width) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Wraps standard error if it is a terminal.</summary>
    public static void Install()
    {
        if (!Console.IsErrorRedirected)
            Console.SetError(new WrappingWriter(Console.Error, () => Console.WindowWidth));
    }

    /// <summary>Writes text to standard output, broken at blanks if that is a terminal.</summary>
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
