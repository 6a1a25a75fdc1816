using System.Text;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Files;

/// <summary>The tool's blocks in files of others, such as /etc/hosts.</summary>
internal static class BlockPart
{
    public static void Apply(AgentPlan plan, IEnumerable<BlockEntry> entries)
    {
        foreach (var blocks in entries.GroupBy(entry => entry.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = blocks.Key;
            var status = FileStatus.Of(path);
            if (status is { Kind: not FileKind.File })
            {
                plan.Refusals.Add(ManifestChecks.InTheWay(path, "a file", status.Kind));
                continue;
            }

            var before = status is null ? null : NodeFile.Text(File.ReadAllBytes(path));
            var names = blocks.Select(block => block.Name);
            Mendable(plan, path, () => Edit(
                plan, path, status, before, text => blocks.Aggregate(text, (so, block) => BlockText.With(so, block.Name, block.Content))));
            var owned = plan.Before.Blocks.GetValueOrDefault(path) ?? new(Created: status is null, []);
            plan.Owned = plan.Owned with { Blocks = plan.Owned.Blocks.SetItem(path, owned with { Names = owned.Names.Union(names) }) };
        }
    }

    public static void Prune(AgentPlan plan, FilesManifest wanted)
    {
        foreach (var (path, owned) in plan.Before.Blocks)
        {
            var stays = wanted.Blocks.Where(entry => entry.Path == path).Select(entry => entry.Name).ToHashSet();
            var gone = owned.Names.Where(name => !stays.Contains(name)).ToList();
            if (gone.Count == 0)
                continue;
            var names = owned.Names.Except(gone);
            plan.Owned = plan.Owned with
            {
                Blocks = names.IsEmpty ? plan.Owned.Blocks.Remove(path) : plan.Owned.Blocks.SetItem(path, owned with { Names = names }),
            };
            var status = FileStatus.Of(path);
            if (status is { Kind: FileKind.File })
                Mendable(plan, path, () => Remove(plan, path, status, gone, removeFile: owned.Created && names.IsEmpty));
        }
    }

    private static void Remove(AgentPlan plan, string path, FileStatus status, List<string> gone, bool removeFile)
    {
        var before = NodeFile.Text(File.ReadAllBytes(path));
        var leftovers = NodeFile.Leftovers(path);
        plan.Gone.UnionWith(leftovers);
        plan.Add(null, () => leftovers.ToList().ForEach(File.Delete));
        if (!removeFile || gone.Aggregate(before, BlockText.Without).Trim().Length > 0)
        {
            Edit(plan, path, status, before, text => gone.Aggregate(text, BlockText.Without));
            return;
        }

        plan.Gone.Add(path);
        plan.Add(new("file", path, "remove") { Diff = UnifiedDiff.Between(path, before, null) }, () => File.Delete(path));
    }

    // Owner and mode of the file belong to others and are not changed. A new file is readable for everyone, as shared files are.
    private static void Edit(AgentPlan plan, string path, FileStatus? status, string? before, Func<string, string> edit)
    {
        var after = edit(before ?? "");
        if (after == before)
            return;
        if (status is null)
            DirectoryPart.Parents(plan, path);
        plan.Add(
            new("block", path, before is null ? "create" : "update")
            {
                Diff = UnifiedDiff.Between(path, before, after),
                Private = status is not null && NodeFile.IsPrivate(status.Mode),
            },
            () => Write(path, after, status));
    }

    private static void Mendable(AgentPlan plan, string path, Action edit)
    {
        try
        {
            edit();
        }
        catch (FormatException exception)
        {
            plan.Refusals.Add($"{path}: {exception.Message}. Correct the file and run this again.");
        }
    }

    private static void Write(string path, string text, FileStatus? status)
    {
        var content = Encoding.UTF8.GetBytes(text);
        if (status is null)
            AtomicFile.Replace(path, content, AtomicFile.Public, beforeRename: null);
        else
            NodeFile.Write(path, content, NodeFile.AccessOf(status));
    }
}
