using System.Text.Json.Serialization;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Ansible;

/// <summary>One thing a running playbook reports, as the callback plugin <c>undercloud_events</c> writes it.</summary>
public sealed record AnsibleEvent
{
    public required AnsibleEventKind Event { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public double Time { get; init; }

    public string? Play { get; init; }

    public string? Task { get; init; }

    public string? Host { get; init; }

    /// <summary>The deployment step, where the play or task has one.</summary>
    public int? Step { get; init; }

    /// <summary>The task's module, e.g. undercloud_agent.</summary>
    public string? Module { get; init; }

    /// <summary>Seconds the task took on that host.</summary>
    public double? Duration { get; init; }

    /// <summary>What an agent verb changed, or would change.</summary>
    public IReadOnlyList<NodeChange> Changes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];

    [JsonPropertyName("msg")]
    public string? Message { get; init; }

    /// <summary>A failure the playbook goes on after (ignore_errors).</summary>
    public bool Ignored { get; init; }

    public AnsibleFailure? Failure { get; init; }

    /// <summary>At the end: the counts by host.</summary>
    public IReadOnlyDictionary<string, AnsibleHostStats>? Stats { get; init; }

    /// <summary>A line that is no event, as it was printed.</summary>
    public string? Text { get; init; }
}

/// <summary>The kinds of events.</summary>
public enum AnsibleEventKind
{
    PlayStart,
    TaskStart,
    TaskOk,
    TaskChanged,
    TaskSkipped,
    TaskFailed,
    TaskUnreachable,
    TaskRetry,
    Stats,

    /// <summary>Anything else that was printed: warnings, syntax errors.</summary>
    Text,
}

/// <summary>What is known of a task that failed. All of it may be missing: results of no_log tasks are hidden.</summary>
/// <param name="Module">Its module.</param>
/// <param name="Message">What the module said.</param>
/// <param name="Command">The command it ran.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="ErrorTail">The last lines of its standard error.</param>
/// <param name="OutputTail">The last lines of its standard output.</param>
/// <param name="Item">The item of a loop that failed first.</param>
public sealed record AnsibleFailure(
    string? Module,
    [property: JsonPropertyName("msg")] string? Message,
    [property: JsonPropertyName("cmd")] string? Command,
    [property: JsonPropertyName("rc")] int? ExitCode,
    [property: JsonPropertyName("stderr")] string? ErrorTail,
    [property: JsonPropertyName("stdout")] string? OutputTail,
    string? Item);

/// <summary>How many tasks ended how on one host.</summary>
public sealed record AnsibleHostStats(int Ok, int Changed, int Failures, int Unreachable, int Skipped, int Rescued, int Ignored);
