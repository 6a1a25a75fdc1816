using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Ansible;

/// <summary>Where the project finds what it calls.</summary>
/// <param name="Tool">The tool's own program on the deploying host; the first play copies it to each node.</param>
/// <param name="AnsibleDirectory">The tool's ansible directory, with the modules.</param>
/// <param name="Purge">Whether state directories and kept files go when they are no longer wanted.</param>
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

    /// <summary>Where a node keeps the release that it is of.</summary>
    public const string ReleaseFile = "/var/lib/undercloud/release";

    /// <summary>The project's files, in the order of their paths.</summary>
    public static ImmutableArray<ProjectFile> Write(DeploymentPlan plan, AnsibleProjectOptions options)
    {
        var files = new List<ProjectFile>
        {
            new("ansible.cfg", Configuration(options)),
            new("inventory.yaml", YamlWriter.Write(Inventory(plan))),
            new("group_vars/all.yaml", YamlWriter.Write(Map(("undercloud_tool", options.Tool), ("ansible_python_interpreter", "/usr/bin/python3")))),
            new(Playbook, YamlWriter.Write(new ListValue([.. plan.Nodes.SelectMany(node => Plays(node, plan.Release, options))]))),
        };
        foreach (var node in plan.Nodes)
        {
            files.Add(new($"manifests/{node.Manifest.Node}/manifest.json", ManifestJson.Write(node.Manifest), Private: true));
            AddTasks(files, $"{node.Role}/host_prep_tasks.yaml", node.HostPrepTasks);
            foreach (var (step, tasks) in node.DeployStepsTasks)
                AddTasks(files, $"{node.Role}/deploy_steps_tasks_step{step}.yaml", tasks);
            foreach (var (step, tasks) in node.ExternalDeployTasks)
                AddTasks(files, $"external_deploy_steps_tasks_step{step}.yaml", tasks);
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

    private static IEnumerable<Value> Plays(NodePlan node, string release, AnsibleProjectOptions options) =>
        node.Services.Count == 0 ? [RemovalPlay(node, options)] : [PreparePlay(node, release), .. Planner.Steps.Select(step => StepPlay(node, step)), CleanUpPlay(node, options)];

    private static MapValue PreparePlay(NodePlan node, string release)
    {
        var tasks = new List<Value>(Staging());
        tasks.Add(Record(release));
        tasks.Add(Verb("Make directories, files and units", "agent", "files", "apply"));
        if (node.Packages.Count > 0)
            tasks.AddRange(Packages(node.Packages));
        tasks.Add(Verb("Bring up the control plane network", "agent", "network", "apply"));
        if (node.Manifest.Firewall is not null)
            tasks.Add(Verb("Load the firewall", "agent", "firewall", "apply"));
        if (node.Manifest.Certificates.Count > 0)
            tasks.Add(Verb("Make certificates", "agent", "certificates", "apply"));
        if (node.HostPrepTasks is ListValue { Items.Length: > 0 })
            tasks.Add(Import($"{node.Role}/host_prep_tasks.yaml"));
        return Play("Host preparation", node.Role, tasks, step: 0);
    }

    private static MapValue StepPlay(NodePlan node, int step)
    {
        var tasks = new List<Value>();
        if (node.ExternalDeployTasks.ContainsKey(step))
            tasks.Add(Import($"external_deploy_steps_tasks_step{step}.yaml"));
        if (node.DeployStepsTasks.ContainsKey(step))
            tasks.Add(Import($"{node.Role}/deploy_steps_tasks_step{step}.yaml"));
        tasks.Add(Verb(
            $"Bring up the containers of step {step}",
            "container", "apply", "--config-id", $"tripleo_step{step}", "--file", $"{Planner.StartupConfig}/step_{step}.json", "--managed-by", $"tripleo-{node.Role}"));
        if (node.Manifest.Cloud.TryGetValue(step, out var cloud))
        {
            var name = cloud.Resources.IsEmpty() ? "Make projects, users, services and endpoints" : "Make networks, flavors and quotas";
            tasks.Add(Verb(name, "agent", "cloud", "apply", "--step", $"{step}"));
        }

        return Play($"Step {step}", node.Role, tasks, step);
    }

    private static MapValue CleanUpPlay(NodePlan node, AnsibleProjectOptions options)
    {
        // Once is for all steps.
        var tasks = node.Manifest.Cloud.Keys.Take(1)
            .Select(step => (Value)Verb("Remove what is no longer wanted from the cloud", "agent", "cloud", "prune", "--step", $"{step}"))
            .Concat(Prune(options));
        return Play("Clean up", node.Role, tasks, step: 6);
    }

    // The empty plan: containers first, then what they stood on.
    private static MapValue RemovalPlay(NodePlan node, AnsibleProjectOptions options) => Play(
        "Removal",
        node.Role,
        [
            .. Staging(),
            Verb(
                "Remove the containers",
                ["container", "delete", .. Planner.Steps.Reverse().SelectMany(step => new[] { "--config-id", $"tripleo_step{step}" }), "--managed-by", $"tripleo-{node.Role}"]),
            .. Prune(options),
        ],
        step: 0);

    private static IEnumerable<Value> Staging() =>
    [
        Map(
            ("name", "Copy the tool to the node"),
            ("ansible.builtin.copy", Map(("src", "{{ undercloud_tool }}"), ("dest", Path.GetDirectoryName(NodeTool) + "/"), ("mode", "0755")))),
        Map(
            ("name", "Stage the manifest"),
            ("ansible.builtin.copy", Map(
                ("src", "manifests/{{ inventory_hostname }}/manifest.json"),
                ("dest", "/var/lib/undercloud/"),
                ("mode", "0600"),
                ("directory_mode", "0700"))),
            ("diff", false)),
    ];

    // Before anything is made: what is there from now on is of this release.
    private static MapValue Record(string release) => Map(
        ("name", "Record the release"),
        ("ansible.builtin.copy", Map(("content", release + "\n"), ("dest", ReleaseFile), ("mode", "0644"))));

    private static IEnumerable<Value> Prune(AnsibleProjectOptions options) =>
    [
        Verb("Remove the firewall if it is no longer wanted", "agent", "firewall", "prune"),
        Verb("Remove addresses that are no longer wanted", "agent", "network", "prune"),
        Verb("Remove files that are no longer wanted", options.Purge ? ["agent", "files", "prune", "--purge"] : ["agent", "files", "prune"]),
    ];

    // apt is asked only when something is missing: it needs the archive, and its lists of it, which a host may not have otherwise.
    private static IEnumerable<Value> Packages(IReadOnlyList<string> packages) =>
    [
        Map(
            ("name", "Look for packages"),
            ("ansible.builtin.command", Map(
                ("argv", new ListValue([.. packages.Select(p => (Value)p).Prepend("--showformat=${db:Status-Status}\n").Prepend("--show").Prepend("dpkg-query")])))),
            ("register", "packages_there"),
            ("changed_when", false),
            ("failed_when", false)),
        Map(
            ("name", "Install packages"),
            ("ansible.builtin.apt", Map(
                ("name", new ListValue([.. packages.Select(p => (Value)p)])),
                ("state", "present"),
                ("update_cache", true),
                ("cache_valid_time", 3600),
                ("install_recommends", false))),
            ("when", "packages_there.rc != 0 or packages_there.stdout_lines | unique != ['installed']")),
    ];

    private static MapValue Verb(string name, params string[] command) => Map(
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
