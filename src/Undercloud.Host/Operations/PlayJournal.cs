using Undercloud.Deploy.Events;
using Undercloud.Host.Ansible;
using Undercloud.Host.Output;

namespace Undercloud.Host.Operations;

/// <summary>Turns the output of ansible-playbook into events of the run, and keeps the cause of a failure.</summary>
internal sealed class PlayJournal(RunEvents events)
{
    private readonly List<string> _said = [];
    private string _task = "";
    private string? _play;

    /// <summary>Whether a task changed a node.</summary>
    public bool Changed { get; private set; }

    /// <summary>The first failure as text; null without a failure.</summary>
    public string? Failure { get; private set; }

    /// <summary>The last lines of output that were no events: Ansible's message when it cannot start.</summary>
    public string Said => string.Join('\n', _said.TakeLast(15));

    public void Take(AnsibleEvent happened)
    {
        var (node, task) = (happened.Host ?? "", happened.Task ?? "");
        switch (happened.Event)
        {
            case AnsibleEventKind.PlayStart:
                _play = happened.Play ?? "";
                break;
            case AnsibleEventKind.TaskStart:
                // A play of which tags select no task is not announced.
                if (_play is { } play)
                    events.Publish(new PhaseStarted(play));
                _play = null;
                events.Publish(new TaskStarted(_task = task));
                break;
            case AnsibleEventKind.TaskOk:
                events.Publish(new TaskDone(node, task, happened.Duration, Changed: false, null));
                break;
            case AnsibleEventKind.TaskChanged:
                Changed = true;
                Resources(node, happened);
                events.Publish(new TaskDone(node, task, happened.Duration, Changed: true, Summary(happened)));
                break;
            case AnsibleEventKind.TaskFailed when happened.Ignored:
                break;
            case AnsibleEventKind.TaskFailed or AnsibleEventKind.TaskUnreachable:
                Resources(node, happened);
                Failure ??= events.Masked(Describe(happened));
                events.Publish(new TaskFailed(node, task, Describe(happened)));
                break;
            case AnsibleEventKind.Text:
                _said.Add(happened.Text ?? "");
                events.Publish(new ProgramOutput(happened.Text ?? ""));
                break;
        }

        foreach (var note in happened.Notes)
            events.Publish(new Warning(note));
    }

    /// <summary>The progress of the current task: Ansible reports only the beginning and the end of a task.</summary>
    public void Doing(string what) => events.Publish(new TaskProgress(_task, what));

    // A task that failed reports the changes that it made before.
    private void Resources(string node, AnsibleEvent happened)
    {
        foreach (var change in happened.Changes)
        {
            events.Publish(new ResourceChanged(node, change.Kind, change.Name, change.Action, change.Reason));
            if (change.Seconds is { } seconds)
                events.Publish(new ContainerReady(node, change.Name, seconds));
        }
    }

    private static string Summary(AnsibleEvent happened) =>
        happened.Changes is { Count: > 0 } changes
            ? string.Join(", ", changes.GroupBy(c => (c.Kind, c.Action)).Select(g => g.Count() <= 3
                ? $"{g.Key.Action} {g.Key.Kind} {string.Join(" ", g.Select(c => c.Name))}"
                : $"{g.Key.Action} {g.Count()} of kind {g.Key.Kind}"))
            : "changed";

    private static string Describe(AnsibleEvent failed)
    {
        var lines = new List<string> { $"Task failed: {failed.Task}", $"  host: {failed.Host}", $"  in: {failed.Play}" };
        Add(failed.Failure?.Message ?? failed.Message);
        if (failed.Failure is { } failure)
        {
            if (failure.Command is { } command)
                Add($"command: {command} (exit code {failure.ExitCode})");
            Add(failure.ErrorTail);
            Add(failure.OutputTail);
        }

        return string.Join('\n', lines);

        void Add(string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                lines.Add("  " + text.TrimEnd().Replace("\n", "\n  "));
        }
    }
}
