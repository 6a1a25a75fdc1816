using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Ansible;

/// <summary>How to run a playbook.</summary>
public sealed record AnsibleRunOptions
{
    /// <summary>The inventory, relative to the project.</summary>
    public string Inventory { get; init; } = "inventory.yaml";

    /// <summary>Only say what would change (check mode).</summary>
    public bool Check { get; init; }

    /// <summary>Report differences (diff mode).</summary>
    public bool Diff { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Hosts or groups to keep to; null for all.</summary>
    public string? Limit { get; init; }

    /// <summary>Variables from outside. They are arguments of the process: no secrets.</summary>
    public ImmutableSortedDictionary<string, string> ExtraVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Runs playbooks of a generated project.</summary>
/// <param name="processes">Starts the program.</param>
/// <param name="pluginDirectory">Where <c>library/</c> and <c>callback_plugins/</c> are.</param>
/// <param name="temporaryDirectory">
/// Where Ansible keeps temporary files, on this host and on a node. It is this tool's own, so that what a killed run left there can be removed.
/// </param>
public sealed class AnsibleRun(IProcessRunner processes, string pluginDirectory, string temporaryDirectory)
{
    /// <summary>Runs a playbook to its end. Cancelling ends Ansible and all it started, in order.</summary>
    /// <param name="projectDirectory">The generated project; Ansible's working directory.</param>
    /// <param name="playbook">The playbook, relative to it.</param>
    /// <param name="options">How.</param>
    /// <param name="onEvent">Called for every event as it comes, from one thread at a time.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>How Ansible ended: 0 done, 2 tasks failed, 4 hosts unreachable, 127 not installed.</returns>
    public Task<ProcessResult> RunAsync(
        string projectDirectory, string playbook, AnsibleRunOptions options, Action<AnsibleEvent> onEvent, CancellationToken stop)
    {
        var one = new Lock();
        return processes.FollowAsync(
            Command(projectDirectory, playbook, options),
            line =>
            {
                if ((line.IsError ? AsText(line.Text) : AnsibleEvents.Parse(line.Text)) is not { } read)
                    return;
                lock (one)
                    onEvent(read);
            },
            stop);
    }

    /// <summary>The command a run starts.</summary>
    public CommandLine Command(string projectDirectory, string playbook, AnsibleRunOptions options) =>
        new("ansible-playbook", [.. Arguments(playbook, options)])
        {
            WorkingDirectory = projectDirectory,
            OwnSession = true,
            Environment = Variables(),
        };

    private static AnsibleEvent? AsText(string line) =>
        string.IsNullOrWhiteSpace(line) ? null : new() { Event = AnsibleEventKind.Text, Text = line.TrimEnd() };

    private static IEnumerable<string> Arguments(string playbook, AnsibleRunOptions options)
    {
        yield return "--inventory";
        yield return options.Inventory;
        if (options.Check)
            yield return "--check";
        if (options.Diff)
            yield return "--diff";
        if (!options.Tags.IsEmpty)
            yield return $"--tags={string.Join(',', options.Tags)}";
        if (options.Limit is { } limit)
            yield return $"--limit={limit}";
        if (!options.ExtraVariables.IsEmpty)
        {
            yield return "--extra-vars";
            yield return new JsonObject(options.ExtraVariables.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value)))
                .ToJsonString();
        }

        yield return playbook;
    }

    private ImmutableDictionary<string, string> Variables() => new Dictionary<string, string>
    {
        ["ANSIBLE_STDOUT_CALLBACK"] = "undercloud_events",
        ["ANSIBLE_CALLBACK_PLUGINS"] = Path.Combine(pluginDirectory, "callback_plugins"),
        ["ANSIBLE_LIBRARY"] = Path.Combine(pluginDirectory, "library"),
        ["ANSIBLE_LOCAL_TEMP"] = temporaryDirectory,
        ["ANSIBLE_REMOTE_TEMP"] = temporaryDirectory,
        ["ANSIBLE_LOCALHOST_WARNING"] = "False",
        ["ANSIBLE_INVENTORY_UNPARSED_WARNING"] = "False",
        ["ANSIBLE_DEPRECATION_WARNINGS"] = "False",
        ["ANSIBLE_RETRY_FILES_ENABLED"] = "False",
        ["ANSIBLE_NOCOLOR"] = "1",
        ["ANSIBLE_FORCE_COLOR"] = "0",

        // One connection a task instead of three: the modules go through standard input.
        ["ANSIBLE_PIPELINING"] = "True",

        // Ansible refuses to start where the locale is not UTF-8.
        ["LC_ALL"] = "C.UTF-8",
        ["PYTHONUNBUFFERED"] = "1",
    }.ToImmutableDictionary();
}
