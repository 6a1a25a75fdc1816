using Undercloud.Host.Ansible;
using Undercloud.Host.Output;

namespace Undercloud.Host.Install;

/// <summary>Turns what ansible-playbook reports into progress, the log, and the reason when it fails.</summary>
internal sealed class PlayJournal(IProgressView progress, RunLog log)
{
    /// <summary>Whether a task changed a node.</summary>
    public bool Changed { get; private set; }

    /// <summary>The first failure in words; null while there is none.</summary>
    public string? Failure { get; private set; }

    public void Take(AnsibleEvent happened)
    {
        switch (happened.Event)
        {
            case "play_start":
                progress.Phase(happened.Play ?? "");
                break;
            case "task_start":
                progress.Now(happened.Task ?? "");
                break;
            case "task_changed":
                Changed = true;
                progress.Line($"{happened.Task}: {Summary(happened)}");
                break;
            case "task_failed" or "task_unreachable":
                Failure ??= log.Masked(Describe(happened));
                break;
        }

        log.Write(happened.ToString());
    }

    private static string Summary(AnsibleEvent happened) =>
        happened.Changes is { Count: > 0 } changes
            ? string.Join(", ", changes.GroupBy(c => (c.Kind, c.Action)).Select(g => g.Count() <= 3
                ? $"{g.Key.Action} {g.Key.Kind} {string.Join(" ", g.Select(c => c.Name))}"
                : $"{g.Key.Action} {g.Count()} {g.Key.Kind}s"))
            : "changed";

    private static string Describe(AnsibleEvent failed)
    {
        var lines = new List<string> { $"Task failed: {failed.Task}", $"  host: {failed.Host}", $"  in: {failed.Play}" };
        if (failed.Msg is { Length: > 0 } message)
            lines.Add("  " + message.TrimEnd().Replace("\n", "\n  "));
        if (failed.Stderr is { Length: > 0 } error && failed.Msg?.Contains(error, StringComparison.Ordinal) != true)
            lines.Add("  " + error.TrimEnd().Replace("\n", "\n  "));
        return string.Join('\n', lines);
    }
}
