using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>
/// Progress on standard error. On a terminal one line at the bottom says phase, current task and elapsed time and moves on;
/// elsewhere every phase and task is a line of its own, and a line comes now and then while one takes long.
/// </summary>
public sealed class ProgressView : IProgressView, IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(15);
    private static readonly string[] s_spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly TextWriter _out;
    private readonly bool _terminal;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private string _phase = "";
    private string _now = "";
    private long _nowSince;
    private long _lastLine;
    private int _frame;
    private bool _shown;

    public ProgressView(TextWriter output, bool terminal, TimeProvider time, Action<string> log)
    {
        (_out, _terminal, _time, _log) = (output, terminal, time, log);
        _started = _nowSince = _lastLine = time.GetTimestamp();
        var period = terminal ? TimeSpan.FromMilliseconds(120) : TimeSpan.FromSeconds(1);
        _timer = time.CreateTimer(_ => Tick(), null, period, period);
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public void Phase(string name)
    {
        lock (_lock)
        {
            _phase = name;
            _now = "";
            _nowSince = _time.GetTimestamp();
            Write($"[{Clock(Elapsed)}] == {name}");
        }
    }

    public void Now(string text)
    {
        lock (_lock)
        {
            _now = text;
            _nowSince = _time.GetTimestamp();
            if (_terminal)
                Draw();
            else
                Write($"[{Clock(Elapsed)}]    {text}");
        }

        _log($"{_phase}: {text}");
    }

    public void Line(string text)
    {
        lock (_lock)
            Write($"[{Clock(Elapsed)}]    {text}");
        _log(text);
    }

    public void Warn(string text)
    {
        lock (_lock)
            Write(_terminal ? $"\e[33m{text}\e[0m" : text);
        _log(text);
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            Clear();
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss") : time.ToString(@"mm\:ss");

    private void Tick()
    {
        lock (_lock)
        {
            if (_terminal)
            {
                _frame = (_frame + 1) % s_spinner.Length;
                Draw();
            }
            else if (_now.Length > 0 && _time.GetElapsedTime(_lastLine) >= s_quiet)
            {
                Write($"[{Clock(Elapsed)}]    {_now} - for {Clock(_time.GetElapsedTime(_nowSince))} now");
            }
        }
    }

    private void Write(string line)
    {
        Clear();
        _out.WriteLine(line);
        _lastLine = _time.GetTimestamp();
        if (_terminal)
            Draw();
    }

    private void Clear()
    {
        if (_shown)
            _out.Write("\r\e[2K");
        _shown = false;
    }

    private void Draw()
    {
        if (_phase.Length == 0)
            return;
        var text = $"{s_spinner[_frame]} {Clock(Elapsed)} {_phase}{(_now.Length > 0 ? $": {_now}" : "")}";
        var width = Math.Max(20, Console.WindowWidth - 1);
        _out.Write($"\r\e[2K{(text.Length > width ? text[..width] : text)}");
        _out.Flush();
        _shown = true;
    }
}
