using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Ansible;

/// <summary>The options of a playbook run.</summary>
public sealed record AnsibleRunOptions
{
    /// <summary>The inventory, relative to the project.</summary>
    public string Inventory { get; init; } = "inventory.yaml";

    /// <summary>Whether to report the changes without making them (check mode).</summary>
    public bool Check { get; init; }

    /// <summary>Whether to report diffs (diff mode).</summary>
    public bool Diff { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The hosts or groups to which the run is limited; null for all.</summary>
    public string? Limit { get; init; }

    /// <summary>Extra variables. They are visible as arguments of the process, so they must hold no secrets.</summary>
    public ImmutableSortedDictionary<string, string> ExtraVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Runs playbooks of a generated project.</summary>
/// <param name="processes">Runs ansible-playbook.</param>
/// <param name="pluginDirectory">The directory with <c>library/</c> and <c>callback_plugins/</c>.</param>
/// <param name="temporaryDirectory">
/// The directory of Ansible's temporary files, on this host and on nodes. Only this tool uses it, so that files of a killed run can be removed.
/// </param>
public sealed class AnsibleRun(IProcessRunner processes, string pluginDirectory, string temporaryDirectory)
{
    /// <summary>Runs a playbook to its end. Cancelling ends Ansible and its descendants in order.</summary>
    /// <param name="projectDirectory">The generated project; Ansible's working directory.</param>
    /// <param name="playbook">The playbook, relative to the project.</param>
    /// <param name="options">The options.</param>
    /// <param name="onEvent">Receives every event as it arrives, one at a time.</param>
    /// <param name="stop">Cancels the run.</param>
    /// <returns>The result of Ansible: 0 done, 2 tasks failed, 4 hosts unreachable, 127 not installed.</returns>
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

    /// <summary>The command of a run.</summary>
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

        // One connection for each task instead of three: modules are sent through standard input.
        ["ANSIBLE_PIPELINING"] = "True",

        // Ansible does not start when the locale is not UTF-8.
        ["LC_ALL"] = "C.UTF-8",
        ["PYTHONUNBUFFERED"] = "1",
    }.ToImmutableDictionary();
}
