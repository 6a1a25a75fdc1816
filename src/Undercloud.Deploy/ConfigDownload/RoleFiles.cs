using System.Collections.Frozen;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The directories of the roles, from the output RoleData: a file for each kind of data, and for tasks files by step.</summary>
internal static class RoleFiles
{
    /// <summary>The steps whose tasks have files of their own: 0 to 5.</summary>
    public const int Steps = 6;

    /// <summary>Tasks that run once for all roles, from RoleConfig.</summary>
    public static bool IsExternal(string config, ConfigDownloadLayout layout) =>
        config == "external_deploy_tasks" || (config == "external_deploy_steps_tasks" && layout != ConfigDownloadLayout.Queens);

    private static readonly FrozenDictionary<string, int> s_stepsOf = new Dictionary<string, int>
    {
        ["deploy_steps_tasks"] = Steps,
        ["update_tasks"] = Steps,
        ["upgrade_tasks"] = Steps,
        ["post_update_tasks"] = 4,
    }.ToFrozenDictionary();

    public static void Add(ProjectFiles files, OutputNode roleData, ConfigDownloadLayout layout)
    {
        foreach (var (role, data) in roleData.Required().Entries())
        {
            foreach (var (config, node) in data.Required().Entries())
            {
                if (IsExternal(config, layout))
                    continue;
                if (config == "step_config")
                    AddManifest(files, role, node);
                else if (layout == ConfigDownloadLayout.Queens)
                    AddQueens(files, role, config, node);
                else
                    AddTrain(files, role, config, node);
            }

            // Playbooks of early queens look for the file here.
            if (layout == ConfigDownloadLayout.Queens)
                files.AddText(DeploymentTasks.Text(layout), role, DeploymentTasks.File);
        }
    }

    /// <summary>Tasks as a list of maps; an item that is no map is dropped with a finding.</summary>
    public static List<MapValue> Tasks(OutputNode node)
    {
        var tasks = new List<MapValue>();
        foreach (var item in node.Required().List().Items)
        {
            if (item is MapValue task)
                tasks.Add(task);
            else
                node.Fail($"has a {item.TypeName} among its tasks", "A task is a map.");
        }

        return tasks;
    }

    private static void AddManifest(ProjectFiles files, string role, OutputNode node)
    {
        if (node.Text() is { } manifest)
            files.AddText(manifest, role, "step_config.pp");
    }

    private static void AddQueens(ProjectFiles files, string role, string config, OutputNode node)
    {
        var value = node.Value;
        if (config.Contains("upgrade_tasks", StringComparison.Ordinal))
        {
            var tasks = TaskSteps.InOrder(Tasks(node));
            var play = new MapValue([new("name", $"{role} playbook"), new("hosts", role), new("tasks", tasks)]);
            files.AddYaml(new ListValue([play]), role, $"{config}_playbook.yaml");
            value = tasks;
        }

        files.AddYaml(value, role, $"{config}.yaml");
    }

    private static void AddTrain(ProjectFiles files, string role, string config, OutputNode node)
    {
        switch (config)
        {
            case "param_config":
                files.AddText(PythonText.Json(node.Value), role, "param_config.json");
                return;
            case "ansible_group_vars":
                // These are in group_vars, with those of RoleGroupVars.
                return;
        }

        if (s_stepsOf.TryGetValue(config, out var steps))
        {
            var tasks = Tasks(node);
            for (var step = 0; step < steps; step++)
                files.AddYaml(TaskSteps.OfStep(tasks, step), role, $"{config}_step{step}.yaml");
        }

        files.AddYaml(node.Value, role, $"{config}.yaml");
    }
}
