using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
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

    /// <summary>The playbook of an update: also the services' tasks for an update. It exists only where a service has such tasks.</summary>
    public const string UpdatePlaybook = "update_steps_playbook.yaml";

    /// <summary>The playbook that a run plays.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isUpdate">Whether the run is an update.</param>
    public static string PlaybookOf(DeploymentPlan plan, bool isUpdate) => isUpdate && HasUpdateTasks(plan) ? UpdatePlaybook : Playbook;

    /// <summary>The tag of the services' own tasks: with it alone, only these are played.</summary>
    public const string TemplateTasks = "template_tasks";

    /// <summary>The tag of a phase's play, by the number that its tasks see as <c>step</c>: with it alone, only this phase is played.</summary>
    public static string StepTag(int step) => $"step_{step}";

    /// <summary>The tool's program on a node.</summary>
    public const string NodeTool = "/usr/libexec/undercloud/undercloud";

    // Variables of the inventory: the role of a node, and the Debian packages that a node needs.
    private const string RoleVariable = "undercloud_role";
    private const string PackagesVariable = "undercloud_packages";

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
            new(Playbook, YamlWriter.Write(new ListValue([.. Plays(plan, options, isUpdate: false)]))),
        };
        if (HasUpdateTasks(plan))
            files.Add(new(UpdatePlaybook, YamlWriter.Write(new ListValue([.. Plays(plan, options, isUpdate: true)]))));
        foreach (var node in plan.Nodes)
        {
            files.Add(new($"manifests/{node.Name}/manifest.json", ManifestJson.Write(node.Manifest), Private: true));
        }

        files.AddRange(AllTaskFiles(plan).Select(file => new ProjectFile(file.Path, YamlWriter.Write(file.Tasks), Private: true)));
        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<TaskFile> AllTaskFiles(DeploymentPlan plan) =>
    [
        .. TaskFiles(plan.Nodes, HostPrep, node => node.HostPrepTasks),
        .. Planner.Steps.SelectMany(step => TaskFiles(plan.Nodes, DeploySteps(step), node => node.DeployStepsTasks.GetValueOrDefault(step))),
        .. Planner.Steps.Prepend(0).SelectMany(step => TaskFiles(plan.Nodes, UpdateSteps(step), node => node.UpdateTasks.GetValueOrDefault(step))),
        .. Planner.PostUpdateSteps.SelectMany(step => TaskFiles(plan.Nodes, PostUpdateSteps(step), node => node.PostUpdateTasks.GetValueOrDefault(step))),
        .. Planner.Steps.SelectMany(step => ExternalTasks(plan, step) is { Items.Length: > 0 } tasks ? new[] { new TaskFile(External(step), tasks, []) } : []),
    ];

    // Nodes of a role with the same tasks share a file.
    private static IEnumerable<TaskFile> TaskFiles(IEnumerable<NodePlan> nodes, string name, Func<NodePlan, Value?> tasks)
    {
        foreach (var role in nodes.Where(node => tasks(node) is ListValue { Items.Length: > 0 }).GroupBy(node => node.Role, StringComparer.Ordinal))
        {
            var contents = role.GroupBy(node => tasks(node)!).ToList();
            foreach (var content in contents)
                yield return new($"{role.Key}/{(contents.Count == 1 ? "" : $"{content.First().Name}/")}{name}", content.Key, [.. content.Select(node => node.Name)]);
        }
    }

    // Services of several nodes have the same task once: it is about what is outside the nodes.
    private static ListValue ExternalTasks(DeploymentPlan plan, int step) =>
        new([.. plan.Nodes.SelectMany(node => (node.ExternalDeployTasks.GetValueOrDefault(step) as ListValue ?? ListValue.Empty).Items).Distinct()]);

    private const string HostPrep = "host_prep_tasks.yaml";

    private static string DeploySteps(int step) => $"deploy_steps_tasks_step{step}.yaml";

    private static string UpdateSteps(int step) => $"update_tasks_step{step}.yaml";

    private static string PostUpdateSteps(int step) => $"post_update_tasks_step{step}.yaml";

    private static bool HasUpdateTasks(DeploymentPlan plan) => plan.Nodes.Any(node => node.UpdateTasks.Count + node.PostUpdateTasks.Count > 0);

    private static string External(int step) => $"external_deploy_steps_tasks_step{step}.yaml";

    private static string Configuration(AnsibleProjectOptions options) => $"""
        [defaults]
        inventory = inventory.yaml
        library = {options.AnsibleDirectory}/library
        retry_files_enabled = false
        gathering = explicit
        forks = 20
        any_errors_fatal = true
        interpreter_python = /usr/bin/python3
        host_key_checking = true

        [connection]
        pipelining = true

        [ssh_connection]
        ssh_args = -C -o ControlMaster=auto -o ControlPersist=60s -o ServerAliveInterval=15 -o ServerAliveCountMax=4

        """;

    private static MapValue Inventory(DeploymentPlan plan) => new(plan.Nodes
        .GroupBy(node => node.Role, StringComparer.Ordinal)
        .Select(role => Entry(role.Key, Map(
            ("hosts", new MapValue(role.Select(node => Entry(node.Name, Host(node))))),
            ("vars", Map((RoleVariable, role.Key)))))));

    private static MapValue Host(NodePlan node)
    {
        var entries = new List<KeyValuePair<string, Value>>();
        if (node.Connection is { } ssh)
        {
            entries.AddRange([Entry("ansible_connection", "ssh"), Entry("ansible_host", ssh.Host), Entry("ansible_user", ssh.User), Entry("ansible_port", new IntegerValue(ssh.Port))]);
            if (ssh.KeyFile is { } key)
                entries.Add(Entry("ansible_ssh_private_key_file", key));
            // The run's own temporary directory belongs to root; Ansible creates its files as the SSH user.
            if (!ssh.IsRoot)
                entries.Add(Entry("ansible_remote_tmp", $"~/{SshConnection.Directory}/ansible"));
        }
        else
        {
            entries.Add(Entry("ansible_connection", "local"));
        }

        if (node.Packages.Count > 0)
            entries.Add(Entry(PackagesVariable, new ListValue([.. node.Packages.Select(package => (Value)package)])));
        return new MapValue(entries);
    }

    // A phase is one play over all nodes that have it, so that it ends on every node before the next one begins.
    private static IEnumerable<Value> Plays(DeploymentPlan plan, AnsibleProjectOptions options, bool isUpdate)
    {
        var phases = plan.Nodes
            .SelectMany(node => NodeSequence.Of(node, isUpdate).Select((phase, order) => (Node: node, Phase: phase, Order: order)))
            .GroupBy(part => (part.Order, part.Phase.Name, part.Phase.Step))
            .OrderBy(group => group.Key.Order);
        foreach (var phase in phases)
        {
            var (_, name, step) = phase.Key;
            if (phase.All(part => part.Phase.Tasks.IsEmpty))
                continue;
            if (phase.Any(part => part.Phase.Tasks.Any(task => task.Action == NodeAction.ExternalDeployTasks)) && ExternalTasks(plan, step) is { Items.Length: > 0 })
                yield return Play(name, "localhost", [Import(External(step))], step, isLocal: true);
            ImmutableArray<NodePlan> nodes = [.. phase.Select(part => part.Node)];
            var tasks = phase
                .SelectMany(part => part.Phase.Tasks.Select(task => (Task: task, part.Node)))
                .Where(part => part.Task.Action != NodeAction.ExternalDeployTasks)
                .GroupBy(part => (part.Task.Action, part.Task.Step))
                .OrderBy(group => group.Key.Action)
                .SelectMany(group => Tasks(group.First().Task, [.. group.Select(part => part.Node)], nodes, plan.Release, options));
            yield return Play(name, string.Join(':', nodes.Length == plan.Nodes.Count ? nodes.Select(node => node.Role).Distinct() : nodes.Select(node => node.Name)), tasks, step);
        }
    }

    // The tasks of an action: those that not every node of the play has are limited to the nodes that have it.
    private static IEnumerable<Value> Tasks(NodeTask task, ImmutableArray<NodePlan> owners, ImmutableArray<NodePlan> all, string release, AnsibleProjectOptions options) => task.Action switch
    {
        NodeAction.HostPrepTasks => Imports(TaskFiles(owners, HostPrep, node => node.HostPrepTasks), all),
        NodeAction.UpdateTasks => Imports(TaskFiles(owners, UpdateSteps(task.Step), node => node.UpdateTasks.GetValueOrDefault(task.Step)), all),
        NodeAction.PostUpdateTasks => Imports(TaskFiles(owners, PostUpdateSteps(task.Step), node => node.PostUpdateTasks.GetValueOrDefault(task.Step)), all),
        NodeAction.DeployStepsTasks => Imports(TaskFiles(owners, DeploySteps(task.Step), node => node.DeployStepsTasks.GetValueOrDefault(task.Step)), all),
        _ => Limited(owners.Select(node => node.Name), all, task.Action switch
        {
            NodeAction.Stage => Staging(),
            NodeAction.RecordRelease => [Record(task.Name, release)],
            NodeAction.InstallPackages => Packages(task.Name),
            _ => [Verb(task.Name, NodeSequence.CommandOf(task, ManagedBy(all), options.Purge) ?? throw new InvalidOperationException($"Nothing carries out {task.Action}."))],
        }),
    };

    private static string ManagedBy(ImmutableArray<NodePlan> nodes) =>
        NodeSequence.ManagedBy(nodes.Select(node => node.Role).Distinct().Count() == 1 ? nodes[0].Role : $"{{{{ {RoleVariable} }}}}");

    private static IEnumerable<Value> Imports(IEnumerable<TaskFile> files, ImmutableArray<NodePlan> all) => files.SelectMany(file => Limited(file.Nodes, all, [Import(file.Path)]));

    private static IEnumerable<Value> Limited(IEnumerable<string> owners, ImmutableArray<NodePlan> all, IEnumerable<MapValue> tasks)
    {
        var names = owners.ToList();
        if (names.Count == all.Length)
            return tasks;
        Value condition = $"inventory_hostname in [{string.Join(", ", names.Select(name => $"'{name}'"))}]";
        return tasks.Select(task => new MapValue([.. task.Entries.Where(entry => entry.Key != "when"), Entry("when", task["when"] is { } own ? new ListValue([condition, own]) : condition)]));
    }

    private static IEnumerable<MapValue> Staging() =>
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
    private static IEnumerable<MapValue> Packages(string name) =>
    [
        Map(
            ("name", "Look for packages"),
            ("ansible.builtin.command", Map(("argv", $"{{{{ undercloud_query + {PackagesVariable} }}}}"))),
            ("vars", Map(("undercloud_query", new ListValue(["dpkg-query", "--show", "--showformat=${db:Status-Status}\n"])))),
            ("register", "packages_there"),
            ("changed_when", false),
            ("failed_when", false)),
        Map(
            ("name", name),
            ("ansible.builtin.apt", Map(
                ("name", $"{{{{ {PackagesVariable} }}}}"),
                ("state", "present"),
                ("update_cache", true),
                ("cache_valid_time", 3600),
                ("install_recommends", false))),
            ("when", "packages_there.rc != 0 or packages_there.stdout_lines | unique != ['installed']")),
    ];

    private static MapValue Verb(string name, ImmutableArray<string> command) => Map(
        ("name", name),
        ("undercloud_agent", Map(("command", new ListValue([.. command.Select(word => (Value)word)])))));

    private static MapValue Import(string path) => Map(("ansible.builtin.import_tasks", path), ("tags", new ListValue([TemplateTasks])));

    private static MapValue Play(string name, string hosts, IEnumerable<Value> tasks, int step, bool isLocal = false) => new(
    [
        Entry("name", name),
        Entry("hosts", hosts),
        .. isLocal ? new[] { Entry("connection", "local") } : [],
        Entry("gather_facts", false),
        Entry("become", true),
        Entry("vars", Map(("step", step))),
        Entry("tags", new ListValue([StepTag(step)])),
        Entry("tasks", new ListValue([.. tasks])),
    ]);

    private static MapValue Map(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var list = new List<KeyValuePair<string, Value>>();
        foreach (var (key, value) in entries)
            list.Add(new(key, value));
        return new MapValue(list);
    }

    private static KeyValuePair<string, Value> Entry(string key, Value value) => new(key, value);

    // Tasks of templates, and the nodes that run them.
    private sealed record TaskFile(string Path, Value Tasks, ImmutableArray<string> Nodes);
}
