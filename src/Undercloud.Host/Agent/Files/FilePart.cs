using System.Text;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Files;

/// <summary>The files that the tool owns completely, and the foreign files that they replaced.</summary>
internal static class FilePart
{
    public static void Apply(AgentPlan plan, IEnumerable<FileEntry> entries, NodeLayout layout)
    {
        foreach (var entry in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            var status = FileStatus.Of(entry.Path);
            if (status is { Kind: not FileKind.File })
            {
                plan.Refusals.Add(ManifestChecks.InTheWay(entry.Path, "a file", status.Kind));
                continue;
            }

            Own(plan, entry, status, layout);
            if (status is null)
                Write(plan, entry, new("file", entry.Path, "create"), before: null, IsPrivate(entry), layout);
            else
                Update(plan, entry, status, layout);
        }
    }

    public static void Prune(AgentPlan plan, FilesManifest wanted, bool purge, NodeLayout layout)
    {
        var stays = wanted.Files.Select(entry => entry.Path).ToHashSet();
        foreach (var (path, owned) in plan.Before.Files.Where(pair => !stays.Contains(pair.Key) && (purge || !pair.Value.Keep)))
        {
            var status = FileStatus.Of(path);
            plan.Owned = plan.Owned with { Files = plan.Owned.Files.Remove(path) };
            if (status is { Kind: not FileKind.File })
                plan.Notes.Add($"{path} stays: it was a file of this tool and is {ManifestChecks.Named(status.Kind)} now.");
            else if (owned.Original is { } original)
                Restore(plan, path, original, status, layout);
            else
                Remove(plan, path, status, layout);
        }
    }

    /// <summary>Whether systemd has to reload its units when this file changes.</summary>
    public static bool IsUnitFile(string path, NodeLayout layout) =>
        path.StartsWith(layout.UnitDirectory + "/", StringComparison.Ordinal);

    private static void Own(AgentPlan plan, FileEntry entry, FileStatus? status, NodeLayout layout)
    {
        var owned = plan.Before.Files.GetValueOrDefault(entry.Path);
        var record = owned is not null ? owned with { Keep = entry.Keep } : new OwnedFile(entry.Keep);
        if (owned is null && status is not null)
        {
            var copy = Path.Combine(layout.OriginalsDirectory, CopyName(entry.Path));
            record = record with { Original = new(copy, NodeFile.AccessOf(status)) };
            plan.Preserve.Add(() =>
            {
                OwnedStore.MakeStateDirectory(layout);
                AtomicFile.WriteBytes(copy, File.ReadAllBytes(entry.Path));
            });
        }

        plan.Owned = plan.Owned with { Files = plan.Owned.Files.SetItem(entry.Path, record) };
    }

    private static void Update(AgentPlan plan, FileEntry entry, FileStatus status, NodeLayout layout)
    {
        var access = Access(entry);
        var content = File.ReadAllBytes(entry.Path);
        var differs = NodeFile.Difference(status, access);
        if (!content.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(entry.Content)))
        {
            var reason = differs is null ? "content differs" : $"content differs; {differs}";
            Write(plan, entry, new("file", entry.Path, "update", reason), content, IsPrivate(entry) || NodeFile.IsPrivate(status.Mode), layout);
        }
        else if (differs is not null)
        {
            // The file is not replaced: a container that has it mounted keeps seeing it.
            plan.Add(new("file", entry.Path, "update", differs), () => NodeFile.SetAccess(entry.Path, access));
        }
    }

    private static void Write(AgentPlan plan, FileEntry entry, NodeChange change, byte[]? before, bool isPrivate, NodeLayout layout)
    {
        DirectoryPart.Parents(plan, entry.Path);
        plan.UnitFilesChange |= IsUnitFile(entry.Path, layout);
        var text = before is null ? null : NodeFile.Text(before);
        plan.Add(
            change with
            {
                Diff = UnifiedDiff.Between(entry.Path, text, entry.Content),
                Private = isPrivate,
            },
            () => NodeFile.Write(entry.Path, Encoding.UTF8.GetBytes(entry.Content), Access(entry)));
    }

    private static void Restore(AgentPlan plan, string path, OriginalFile original, FileStatus? status, NodeLayout layout)
    {
        if (!File.Exists(original.Copy))
        {
            plan.Notes.Add($"{path} is not changed back: the copy of the original file, {original.Copy}, is missing.");
            return;
        }

        var content = File.ReadAllBytes(original.Copy);
        var before = status is null ? null : File.ReadAllBytes(path);
        if (before is not null && content.AsSpan().SequenceEqual(before) && NodeFile.Difference(status!, original.Access) is null)
            return;
        plan.UnitFilesChange |= IsUnitFile(path, layout);
        plan.Add(
            new("file", path, "update", "the original file is restored")
            {
                Diff = UnifiedDiff.Between(path, before is null ? null : NodeFile.Text(before), NodeFile.Text(content)),
                Private = NodeFile.IsPrivate(NodeFile.Mode(original.Access.Mode)) || status is null || NodeFile.IsPrivate(status.Mode),
            },
            () => NodeFile.Write(path, content, original.Access));
    }

    private static void Remove(AgentPlan plan, string path, FileStatus? status, NodeLayout layout)
    {
        var leftovers = NodeFile.Leftovers(path);
        foreach (var leftover in leftovers)
        {
            plan.Gone.Add(leftover);
            plan.Add(null, () => File.Delete(leftover));
        }

        PythonBytecode.Remove(plan, path);

        if (status is null)
            return;
        plan.Gone.Add(path);
        plan.UnitFilesChange |= IsUnitFile(path, layout);
        plan.Add(
            new("file", path, "remove")
            {
                Diff = UnifiedDiff.Between(path, NodeFile.Text(File.ReadAllBytes(path)), null),
                Private = NodeFile.IsPrivate(status.Mode),
            },
            () => File.Delete(path));
    }

    private static PathAccess Access(FileEntry entry) => new(entry.Uid, entry.Gid, entry.Mode);

    private static bool IsPrivate(FileEntry entry) => NodeFile.IsPrivate(NodeFile.Mode(entry.Mode));

    /// <summary>The name of the copy of a foreign file. All copies are in one directory, and file systems limit a name to 255 bytes.</summary>
    public static string CopyName(string path)
    {
        var name = path[1..].Replace("%", "%25").Replace("/", "%2F");
        return Encoding.UTF8.GetByteCount(name) <= 200
            ? name
            : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(path)));
    }
}
