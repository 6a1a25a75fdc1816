using Undercloud.Deploy.Events;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>
/// Progress on standard error. On a terminal, one line at the bottom shows phase, current task and elapsed time. Elsewhere every phase and task is a line
/// of its own, repeated now and then during a long task.
/// </summary>
public sealed class ProgressView : IRunSubscriber, IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(15);
    private static readonly string[] s_spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly TextWriter _out;
    private readonly bool _terminal;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private string _phase = "";
    private string _now = "";
    private long _nowSince;
    private long _lastLine;
    private int _frame;
    private bool _shown;

    public ProgressView(TextWriter output, bool terminal, TimeProvider time)
    {
        (_out, _terminal, _time) = (output, terminal, time);
        _started = _nowSince = _lastLine = time.GetTimestamp();
        var period = terminal ? TimeSpan.FromMilliseconds(120) : TimeSpan.FromSeconds(1);
        _timer = time.CreateTimer(_ => Tick(), null, period, period);
    }

    public void Take(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case PhaseStarted phase:
                    _phase = phase.Name;
                    Now("");
                    Write($"[{Clock(Elapsed)}] == {phase.Name}");
                    break;
                case TaskStarted task:
                    Doing(task.Name);
                    break;
                case TaskProgress progress:
                    Doing($"{progress.Name}: {progress.Text}");
                    break;
                case TaskDone { Summary: { } summary } done:
                    Write($"[{Clock(Elapsed)}]    {done.Name}: {summary}");
                    break;
                case Note note:
                    Write($"[{Clock(Elapsed)}]    {note.Text}");
                    break;
                case Warning warning:
                    Write(_terminal ? $"\e[33m{warning.Text}\e[0m" : warning.Text);
                    break;
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            Clear();
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_started);

    private void Now(string text)
    {
        _now = text;
        _nowSince = _time.GetTimestamp();
    }

    private void Doing(string text)
    {
        Now(text);
        if (_terminal)
            Draw();
        else
            Write($"[{Clock(Elapsed)}]    {text}");
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss") : time.ToString(@"mm\:ss");

    private void Tick()
    {
        lock (_lock)
        {
            try
            {
                Turn();
            }
            catch (IOException)
            {
                // Standard error may be a file on a full disk. The run continues without these lines; an exception in a timer would end the process.
            }
        }
    }

    private void Turn()
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
