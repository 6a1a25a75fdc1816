using Undercloud.Host.Ansible;
using Undercloud.Host.Output;

namespace Undercloud.Host.Operations;

/// <summary>Turns what ansible-playbook reports into progress, the log, and the reason when it fails.</summary>
internal sealed class PlayJournal(IProgressView progress, RunLog log)
{
    private readonly List<string> _said = [];
    private string _task = "";

    /// <summary>Whether a task changed a node.</summary>
    public bool Changed { get; private set; }

    /// <summary>The first failure in words; null while there is none.</summary>
    public string? Failure { get; private set; }

    /// <summary>The last lines that were no events: what Ansible says when it cannot even begin.</summary>
    public string Said => string.Join('\n', _said.TakeLast(15));

    public void Take(AnsibleEvent happened)
    {
        switch (happened.Event)
        {
            case AnsibleEventKind.PlayStart:
                progress.Phase(happened.Play ?? "");
                break;
            case AnsibleEventKind.TaskStart:
                progress.Now(_task = happened.Task ?? "");
                break;
            case AnsibleEventKind.TaskChanged:
                Changed = true;
                progress.Line($"{happened.Task}: {Summary(happened)}");
                break;
            case AnsibleEventKind.TaskFailed when happened.Ignored:
                break;
            case AnsibleEventKind.TaskFailed or AnsibleEventKind.TaskUnreachable:
                Failure ??= log.Masked(Describe(happened));
                log.Write(Describe(happened));
                break;
            case AnsibleEventKind.Text:
                _said.Add(happened.Text ?? "");
                log.Write(happened.Text ?? "");
                break;
        }

        foreach (var note in happened.Notes)
            progress.Warn(log.Masked(note));
    }

    /// <summary>What the current task is at: Ansible tells a task's beginning and its end alone.</summary>
    public void Doing(string what) => progress.Now($"{_task}: {log.Masked(what)}");

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
