using System.Text.Json.Serialization;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Ansible;

/// <summary>An event of a running playbook, as the callback plugin <c>undercloud_events</c> writes it.</summary>
public sealed record AnsibleEvent
{
    public required AnsibleEventKind Event { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public double Time { get; init; }

    public string? Play { get; init; }

    public string? Task { get; init; }

    public string? Host { get; init; }

    /// <summary>The deployment step of the play or task, if it has one.</summary>
    public int? Step { get; init; }

    /// <summary>The task's module, e.g. undercloud_agent.</summary>
    public string? Module { get; init; }

    /// <summary>The task's duration on that host in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The changes that an agent verb made, or would make.</summary>
    public IReadOnlyList<NodeChange> Changes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];

    [JsonPropertyName("msg")]
    public string? Message { get; init; }

    /// <summary>Whether the playbook continues after the failure (ignore_errors).</summary>
    public bool Ignored { get; init; }

    public AnsibleFailure? Failure { get; init; }

    /// <summary>The counts by host, at the end.</summary>
    public IReadOnlyDictionary<string, AnsibleHostStats>? Stats { get; init; }

    /// <summary>A printed line that is no event.</summary>
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

    /// <summary>Other output, such as warnings and syntax errors.</summary>
    Text,
}

/// <summary>The details of a failed task. All of them may be missing: results of no_log tasks are hidden.</summary>
/// <param name="Module">The module.</param>
/// <param name="Message">The module's message.</param>
/// <param name="Command">The command that the module ran.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="ErrorTail">The last lines of its standard error.</param>
/// <param name="OutputTail">The last lines of its standard output.</param>
/// <param name="Item">The first item of a loop that failed.</param>
public sealed record AnsibleFailure(
    string? Module,
    [property: JsonPropertyName("msg")] string? Message,
    [property: JsonPropertyName("cmd")] string? Command,
    [property: JsonPropertyName("rc")] int? ExitCode,
    [property: JsonPropertyName("stderr")] string? ErrorTail,
    [property: JsonPropertyName("stdout")] string? OutputTail,
    string? Item);

/// <summary>The numbers of tasks on one host by result.</summary>
public sealed record AnsibleHostStats(int Ok, int Changed, int Failures, int Unreachable, int Skipped, int Rescued, int Ignored);
