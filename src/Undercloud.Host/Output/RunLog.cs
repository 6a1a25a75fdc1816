using Undercloud.Deploy.Events;

namespace Undercloud.Host.Output;

/// <summary>The log file of a run, opened for appending: each line begins with its time. Events arrive with secrets masked.</summary>
public sealed class RunLog : IRunSubscriber, IDisposable
{
    private readonly StreamWriter? _writer;
    private string _phase = "";
    private RunStarted? _run;

    /// <param name="path">The file; null for a run that must not write anything.</param>
    public RunLog(string? path)
    {
        Path = path;
        _writer = path is null ? null : LogStream.Append(path);
    }

    public string? Path { get; }

    public void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted run:
                _run = run;
                Write(run, $"undercloud {run.Command}, {run.ConfigPath}");
                break;
            case PhaseStarted phase:
                _phase = phase.Name;
                break;
            case TaskStarted task:
                Write(task, $"{_phase}: {task.Name}");
                break;
            case TaskProgress progress:
                Write(progress, $"{_phase}: {progress.Name}: {progress.Text}");
                break;
            case TaskDone { Summary: { } summary } done:
                Write(done, $"{done.Name}: {summary}");
                break;
            case TaskFailed failed:
                Write(failed, failed.Text);
                break;
            case Note note:
                Write(note, note.Text);
                break;
            case Warning warning:
                Write(warning, warning.Text);
                break;
            case ProgramOutput output:
                Write(output, output.Text);
                break;
            case RunFailed failed:
                if (!failed.Repeats)
                    Write(failed, failed.Text);
                if (_run is not null)
                    Write(failed, $"undercloud {_run.Command} {(failed.Interrupted ? "was interrupted" : "failed")} after {(int)(failed.Time - _run.Time).TotalSeconds} s.");
                break;
            case RunCompleted completed:
                Write(completed, completed.Text);
                break;
        }
    }

    public void Dispose() => _writer?.Dispose();

    private void Write(RunEvent happened, string text)
    {
        if (_writer is null)
            return;
        var stamp = happened.Time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            _writer.WriteLine($"{stamp} {line}");
    }
}
