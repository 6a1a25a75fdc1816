using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Files;

/// <summary>The directories of a node: created, with owner and mode, and removed.</summary>
internal static class DirectoryPart
{
    public static void Apply(AgentPlan plan, IEnumerable<DirectoryEntry> entries)
    {
        foreach (var entry in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            var access = new PathAccess(entry.Uid, entry.Gid, entry.Mode);
            var status = FileStatus.Of(entry.Path);
            if (status is null)
                Create(plan, entry.Path, access, entry.State);
            else if (status.Kind != FileKind.Directory)
                plan.Refusals.Add(ManifestChecks.InTheWay(entry.Path, "a directory", status.Kind));
            else
                Update(plan, entry, access, status);
        }
    }

    /// <summary>Plans the missing directories above a path.</summary>
    public static void Parents(AgentPlan plan, string path)
    {
        var above = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(above) && !plan.Made.Contains(above))
            Create(plan, above, access: null, state: false);
    }

    public static void Prune(AgentPlan plan, FilesManifest wanted, bool purge, PurgeGuard guard)
    {
        var stays = wanted.Directories.Select(entry => entry.Path).ToHashSet();
        foreach (var (path, owned) in plan.Before.Directories.Reverse().Where(pair => !stays.Contains(pair.Key)))
        {
            var status = FileStatus.Of(path);
            if (status?.Kind != FileKind.Directory)
                Forget(plan, path);
            else if (owned.State && !purge)
                continue;
            else if (!owned.Created)
                GiveBack(plan, path, owned, status);
            else if (owned.State)
                Purge(plan, path, guard);
            else
                RemoveEmpty(plan, path, lastRun: wanted.IsEmpty());
        }
    }

    private static void Create(AgentPlan plan, string path, PathAccess? access, bool state)
    {
        Parents(plan, path);
        plan.Made.Add(path);
        Own(plan, path, new(Created: true, state));
        plan.Add(new("directory", path, "create"), () =>
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (access is null)
                File.SetUnixFileMode(path, NodeFile.Mode("0755"));
            else
                NodeFile.SetAccess(path, access);
        });
    }

    private static void Update(AgentPlan plan, DirectoryEntry entry, PathAccess access, FileStatus status)
    {
        Own(plan, entry.Path, plan.Before.Directories.GetValueOrDefault(entry.Path) is { } owned
            ? owned with { State = entry.State }
            : new(Created: false, entry.State, NodeFile.AccessOf(status)));
        if (NodeFile.Difference(status, access) is { } difference)
            plan.Add(new("directory", entry.Path, "update", difference), () => NodeFile.SetAccess(entry.Path, access));
    }

    private static void GiveBack(AgentPlan plan, string path, OwnedDirectory owned, FileStatus status)
    {
        Forget(plan, path);
        if (owned.Previous is { } previous && NodeFile.Difference(status, previous) is not null)
            plan.Add(new("directory", path, "update", "owner and mode restored"), () => NodeFile.SetAccess(path, previous));
    }

    private static void Purge(AgentPlan plan, string path, PurgeGuard guard)
    {
        if (guard.Refusal(path) is { } refusal)
        {
            plan.Refusals.Add(refusal);
            return;
        }

        Forget(plan, path);
        plan.Gone.Add(path);
        plan.Add(new("directory", path, "remove", "purged with its content"), () => Directory.Delete(path, recursive: true));
    }

    private static void RemoveEmpty(AgentPlan plan, string path, bool lastRun)
    {
        if (Directory.EnumerateFileSystemEntries(path).All(plan.Gone.Contains))
        {
            Forget(plan, path);
            plan.Gone.Add(path);
            plan.Add(new("directory", path, "remove"), () =>
            {
                if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
                    Directory.Delete(path);
            });
        }
        else if (lastRun && !HoldsOwned(plan.Owned, path + "/"))
        {
            Forget(plan, path);
            plan.Notes.Add($"{path} stays: it holds files that this tool did not create.");
        }
    }

    private static bool HoldsOwned(OwnedState owned, string prefix) =>
        owned.Directories.Keys.Concat(owned.Files.Keys).Concat(owned.Blocks.Keys)
            .Any(path => path.StartsWith(prefix, StringComparison.Ordinal));

    private static void Own(AgentPlan plan, string path, OwnedDirectory directory) =>
        plan.Owned = plan.Owned with { Directories = plan.Owned.Directories.SetItem(path, directory) };

    private static void Forget(AgentPlan plan, string path) =>
        plan.Owned = plan.Owned with { Directories = plan.Owned.Directories.Remove(path) };
}
