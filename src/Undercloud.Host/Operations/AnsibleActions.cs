using System.Collections.Immutable;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Gathering;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Compares what Ansible itself does on this node: the staged tool and manifest, the recorded release, Debian packages, and units that tasks of templates start.
/// Used only to decide whether the playbook can be skipped. A diff does not use it: a newer tool than the one that applied the plan is no drift.
/// </summary>
/// <param name="processes">Runs dpkg-query and systemctl.</param>
/// <param name="layout">The paths on the node.</param>
/// <param name="program">The program that Ansible stages; by default this one.</param>
/// <param name="staged">The path where Ansible stages the program; by default that of a real node.</param>
internal sealed class AnsibleActions(IProcessRunner processes, NodeLayout layout, string? program = null, string staged = AnsibleProject.NodeTool)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What Ansible would change. Tasks of templates that do more than start units are not compared.</summary>
    public async Task<NodeResult> CheckAsync(NodePlan node, CancellationToken stop)
    {
        var missing = MissingAsync(node, stop);
        var units = StoppedAsync(StartedUnits.Of(node) ?? [], stop);
        NodeChange[] changes = [.. Staged(node), .. await missing, .. await units];
        return new(changes.Length > 0, changes);
    }

    private IEnumerable<NodeChange> Staged(NodePlan node)
    {
        if (!IsStaged(staged, Executable) || !IsSame(program ?? ToolHome.Program, staged))
            yield return new("file", staged, "update");
        if (!IsStaged(layout.ManifestFile, UnixFileMode.UserRead | UnixFileMode.UserWrite) || File.ReadAllText(layout.ManifestFile) != ManifestJson.Write(node.Manifest))
            yield return new("file", layout.ManifestFile, "update");

        // Planning has compared the content.
        var release = Path.Combine(layout.StateDirectory, Path.GetFileName(AnsibleProject.ReleaseFile));
        if (!File.Exists(release))
            yield return new("file", release, "create");
    }

    private async Task<IEnumerable<NodeChange>> MissingAsync(NodePlan node, CancellationToken stop)
    {
        if (node.Packages.Count == 0)
            return [];
        var query = await processes.RunAsync(new("dpkg-query", ["--show", "--showformat=${db:Status-Status} ${Package}\n", .. node.Packages]), stop);
        return DebianPrerequisites.Missing([.. node.Packages], query.Output).Select(package => new NodeChange("package", package, "create"));
    }

    // systemctl prints one line with the state of each unit. A unit that is starting counts as started, as it does for Ansible.
    private async Task<IEnumerable<NodeChange>> StoppedAsync(ImmutableArray<string> units, CancellationToken stop)
    {
        if (units.IsEmpty)
            return [];
        var asked = await processes.RunAsync(new("systemctl", ["is-active", .. units]), stop);
        var states = asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return units.Where((_, index) => states.ElementAtOrDefault(index) is not ("active" or "activating")).Select(unit => new NodeChange("unit", unit, "update", "started"));
    }

    private static bool IsStaged(string path, UnixFileMode mode) => File.Exists(path) && File.GetUnixFileMode(path) == mode;

    private static bool IsSame(string one, string other) =>
        new FileInfo(one).Length == new FileInfo(other).Length && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}
