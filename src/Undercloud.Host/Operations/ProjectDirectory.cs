using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>The directory of an Ansible project.</summary>
/// <param name="tool">Where the tool's Ansible parts are.</param>
/// <param name="path">The directory. It is created with access for its owner alone.</param>
public sealed class ProjectDirectory(ToolHome tool, string path)
{
    /// <summary>Writes the project of a plan, and deletes files of an earlier project that the new one does not have.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="purge">Whether the project's prune also removes state directories and kept files.</param>
    /// <param name="beside">Files to write in addition to those of the project.</param>
    public void Write(DeploymentPlan plan, bool purge, IEnumerable<ProjectFile> beside)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, Owner);
        var files = AnsibleProject.Write(plan, new(ToolHome.Program, tool.Ansible, purge)).Concat(beside).ToList();
        var wanted = files.Select(file => Path.Combine(path, file.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => !wanted.Contains(f)).ToList())
            File.Delete(stale);
        foreach (var file in files)
            AtomicFile.WriteText(Path.Combine(path, file.Path), file.Content, file.Private ? AtomicFile.Private : AtomicFile.Public);
    }
}
