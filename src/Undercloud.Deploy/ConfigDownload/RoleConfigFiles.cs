using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The playbooks, task files and scripts of the output RoleConfig, each a file of the entry's name.</summary>
internal static class RoleConfigFiles
{
    public static void Add(ProjectFiles files, OutputNode roleConfig, ConfigDownloadLayout layout)
    {
        foreach (var (name, node) in roleConfig.Entries())
        {
            if (layout == ConfigDownloadLayout.Train && RoleFiles.IsExternal(name, layout))
                AddSteps(files, name, node);

            // In train a name that has an extension keeps it.
            var file = layout == ConfigDownloadLayout.Train && name.Contains('.') ? name : $"{name}.yaml";
            if (node.Value is MapValue or ListValue)
                files.AddYaml(node.Value, file);
            else if (node.Text() is { } text)
                files.AddText(text, file);
        }
    }

    private static void AddSteps(ProjectFiles files, string name, OutputNode node)
    {
        var tasks = RoleFiles.Tasks(node);
        for (var step = 0; step < RoleFiles.Steps; step++)
            files.AddYaml(TaskSteps.OfStep(tasks, step), $"{name}_step{step}.yaml");
    }
}
