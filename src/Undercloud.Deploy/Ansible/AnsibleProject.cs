using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Sequence;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Ansible;

/// <summary>The paths of the programs and modules that the project calls.</summary>
/// <param name="Tool">The tool's own program on the deploying host; the first play copies it to each node.</param>
/// <param name="AnsibleDirectory">The tool's ansible directory, with the modules.</param>
/// <param name="Purge">Whether a prune also removes state directories and kept files.</param>
public sealed record AnsibleProjectOptions(string Tool, string AnsibleDirectory, bool Purge = false);

/// <summary>A file of the project: path below the project's directory, text and mode.</summary>
public sealed record ProjectFile(string Path, string Content, bool Private = false);

/// <summary>
/// A plan written as an Ansible project: inventory, playbook, tasks, manifests. Returns files, writes nothing. It can be kept and run by hand
/// with <c>ansible-playbook deploy_steps_playbook.yaml</c>.
/// </summary>
public static class AnsibleProject
{
    /// <summary>The playbook that applies the plan.</summary>
    public const string Playbook = "deploy_steps_playbook.yaml";

    /// <summary>The tool's program on a node.</summary>
    public const string NodeTool = "/usr/libexec/undercloud/undercloud";

    /// <summary>The file on a node that records its release.</summary>
    public const string ReleaseFile = ToolState.Directory + "/release";

    /// <summary>The project's files, in the order of their paths.</summary>
    public static ImmutableArray<ProjectFile> Write(DeploymentPlan plan, AnsibleProjectOptions options)
    {
        var files = new List<ProjectFile>
        {
            new("ansible.cfg", Configuration(options)),
            new("inventory.yaml", YamlWriter.Write(Inventory(plan))),
            new("group_vars/all.yaml", YamlWriter.Write(Map(("undercloud_tool", options.Tool), ("ansible_python_interpreter", "/usr/bin/python3")))),
            new(Playbook, YamlWriter.Write(new ListValue([.. Plays(plan, options)]))),
        };
        foreach (var node in plan.Nodes)
        {
            files.Add(new($"manifests/{node.Manifest.Node}/manifest.json", ManifestJson.Write(node.Manifest), Private: true));
            AddTasks(files, HostPrepTasks(node), node.HostPrepTasks);
            foreach (var (step, tasks) in node.DeployStepsTasks)
                AddTasks(files, DeployStepsTasks(node, step), tasks);
            foreach (var (step, tasks) in node.ExternalDeployTasks)
                AddTasks(files, ExternalDeployTasks(step), tasks);
        }

        return [.. files.DistinctBy(f => f.Path).OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static void AddTasks(List<ProjectFile> files, string path, Value tasks)
    {
        if (tasks is ListValue { Items.Length: > 0 })
            files.Add(new(path, YamlWriter.Write(tasks), Private: true));
    }

    private static string Configuration(AnsibleProjectOptions options) => $"""
        [defaults]
        inventory = inventory.yaml
        library = {options.AnsibleDirectory}/library
        retry_files_enabled = false
        gathering = explicit
        any_errors_fatal = true
        interpreter_python = /usr/bin/python3
        host_key_checking = true

        [connection]
        pipelining = true

        """;

    private static MapValue Inventory(DeploymentPlan plan) => new(plan.Nodes
        .GroupBy(node => node.Role, StringComparer.Ordinal)
        .Select(role => Entry(role.Key, Map(("hosts", new MapValue(role.Select(node => Entry(node.Manifest.Node, Map(("ansible_connection", "local"))))))))));

    // A phase ends on every node before the next one begins.
    private static IEnumerable<Value> Plays(DeploymentPlan plan, AnsibleProjectOptions options) => plan.Nodes
        .SelectMany(node => NodeSequence.Of(node).Select((phase, order) => (node, phase, order)))
        .OrderBy(play => play.order)
        .Select(play => Play(play.phase.Name, play.node.Role, play.phase.Tasks.SelectMany(task => Tasks(task, play.node, plan.Release, options)), play.phase.Step));

    private static IEnumerable<Value> Tasks(NodeTask task, NodePlan node, string release, AnsibleProjectOptions options) => task.Action switch
    {
        NodeAction.Stage => Staging(),
        NodeAction.RecordRelease => [Record(task.Name, release)],
        NodeAction.InstallPackages => Packages(task.Name, node.Packages),
        NodeAction.HostPrepTasks => [Import(HostPrepTasks(node))],
        NodeAction.ExternalDeployTasks => [Import(ExternalDeployTasks(task.Step))],
        NodeAction.DeployStepsTasks => [Import(DeployStepsTasks(node, task.Step))],
        _ => [Verb(task.Name, NodeSequence.CommandOf(task, node, options.Purge) ?? throw new InvalidOperationException($"Nothing carries out {task.Action}."))],
    };

    private static string HostPrepTasks(NodePlan node) => $"{node.Role}/host_prep_tasks.yaml";

    private static string DeployStepsTasks(NodePlan node, int step) => $"{node.Role}/deploy_steps_tasks_step{step}.yaml";

    private static string ExternalDeployTasks(int step) => $"external_deploy_steps_tasks_step{step}.yaml";

    private static IEnumerable<Value> Staging() =>
    [
        Map(
            ("name", "Copy the tool to the node"),
            ("ansible.builtin.copy", Map(("src", "{{ undercloud_tool }}"), ("dest", Path.GetDirectoryName(NodeTool) + "/"), ("mode", "0755")))),
        Map(
            ("name", "Stage the manifest"),
            ("ansible.builtin.copy", Map(
                ("src", "manifests/{{ inventory_hostname }}/manifest.json"),
                ("dest", ToolState.Directory + "/"),
                ("mode", "0600"),
                ("directory_mode", "0700"))),
            ("diff", false)),
    ];

    // The release is recorded before anything is created: from now on the node belongs to this release.
    private static MapValue Record(string name, string release) => Map(
        ("name", name),
        ("ansible.builtin.copy", Map(("content", release + "\n"), ("dest", ReleaseFile), ("mode", "0644"))));

    // apt runs only when a package is missing: it needs the archive and its package lists, which a host may not have otherwise.
    private static IEnumerable<Value> Packages(string name, IReadOnlyList<string> packages) =>
    [
        Map(
            ("name", "Look for packages"),
            ("ansible.builtin.command", Map(
                ("argv", new ListValue([.. packages.Select(p => (Value)p).Prepend("--showformat=${db:Status-Status}\n").Prepend("--show").Prepend("dpkg-query")])))),
            ("register", "packages_there"),
            ("changed_when", false),
            ("failed_when", false)),
        Map(
            ("name", name),
            ("ansible.builtin.apt", Map(
                ("name", new ListValue([.. packages.Select(p => (Value)p)])),
                ("state", "present"),
                ("update_cache", true),
                ("cache_valid_time", 3600),
                ("install_recommends", false))),
            ("when", "packages_there.rc != 0 or packages_there.stdout_lines | unique != ['installed']")),
    ];

    private static MapValue Verb(string name, ImmutableArray<string> command) => Map(
        ("name", name),
        ("undercloud_agent", Map(("command", new ListValue([.. command.Select(word => (Value)word)])))));

    private static MapValue Import(string path) => Map(("ansible.builtin.import_tasks", path));

    private static MapValue Play(string name, string hosts, IEnumerable<Value> tasks, int step) => Map(
        ("name", name),
        ("hosts", hosts),
        ("gather_facts", false),
        ("become", true),
        ("vars", Map(("step", step))),
        ("tasks", new ListValue([.. tasks])));

    private static MapValue Map(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var list = new List<KeyValuePair<string, Value>>();
        foreach (var (key, value) in entries)
            list.Add(new(key, value));
        return new MapValue(list);
    }

    private static KeyValuePair<string, Value> Entry(string key, Value value) => new(key, value);
}
