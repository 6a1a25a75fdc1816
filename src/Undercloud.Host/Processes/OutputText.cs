using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>A program's output up to a limit; beyond it, only the latest part is kept. It can be read while the program still writes.</summary>
/// <param name="limit">The minimum number of characters that are kept; the maximum is twice as many.</param>
internal sealed class OutputText(int limit)
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private bool _cut;

    public void AddLine(string line)
    {
        lock (_lock)
        {
            _text.Append(line).Append('\n');
            if (_text.Length <= 2L * limit)
                return;
            _text.Remove(0, _text.Length - limit);
            _cut = true;
        }
    }

    public override string ToString()
    {
        lock (_lock)
            return _cut ? $"(the beginning is left out)\n{_text}" : _text.ToString();
    }
}
