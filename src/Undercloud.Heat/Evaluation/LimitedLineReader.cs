using System.Text;

namespace Undercloud.Heat.Evaluation;

/// <summary>Reads lines without ever holding more than a limited part of one.</summary>
internal sealed class LimitedLineReader(TextReader reader, int limit)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line without its end, or null after the last; for a line that is too long, only that fact.</summary>
    public async Task<(string Text, bool TooLong)?> ReadAsync(CancellationToken stop)
    {
        var line = new StringBuilder();
        var tooLong = false;
        var any = false;
        while (_start < _end || await FillAsync(stop))
        {
            any = true;
            var rest = _buffer.AsMemory(_start.._end);
            var newline = rest.Span.IndexOf('\n');
            var part = newline < 0 ? rest : rest[..newline];
            tooLong |= line.Length + part.Length > limit;
            if (!tooLong)
                line.Append(part.Span);
            _start += newline < 0 ? part.Length : newline + 1;
            if (newline >= 0)
                break;
        }

        return any ? (tooLong ? "" : line.ToString(), tooLong) : null;
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        _start = 0;
        // A read from a silent terminal or pipe ignores cancellation.
        var reading = reader.ReadAsync(_buffer.AsMemory(), stop);
        _end = reading.IsCompleted ? await reading : await reading.AsTask().WaitAsync(stop);
        return _end > 0;
    }
}
