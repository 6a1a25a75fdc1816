using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>What a program wrote, up to a limit: of more, the latest is kept. Can be read while it is still written to.</summary>
/// <param name="limit">How many characters are kept at least; twice as many at most.</param>
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
