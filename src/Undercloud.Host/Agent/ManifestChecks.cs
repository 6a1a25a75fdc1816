using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>Finds everything in a files manifest that cannot be applied to this node.</summary>
internal static class ManifestChecks
{
    public static IReadOnlyList<string> Refusals(FilesManifest files)
    {
        var refusals = new List<string>();
        foreach (var entry in files.Directories)
            refusals.AddRange(OfPath("directory", entry.Path).Concat(OfMode(entry.Path, entry.Mode)));
        foreach (var entry in files.Files)
            refusals.AddRange(OfPath("file", entry.Path).Concat(OfMode(entry.Path, entry.Mode)));
        foreach (var entry in files.Blocks)
            refusals.AddRange(OfPath("shared file", entry.Path).Concat(OfBlock(entry)));
        refusals.AddRange(Twice(files));
        return [.. refusals.Distinct()];
    }

    private static IEnumerable<string> OfPath(string what, string path)
    {
        if (!Path.IsPathFullyQualified(path) || Path.GetFullPath(path) != path || path.Length < 2 || path.EndsWith('/'))
        {
            yield return $"The path '{path}' of a {what} is not a plain absolute path.";
            yield break;
        }

        // Links that root made are followed (/var/run). A link that a service's user made could lead anywhere.
        for (var above = Path.GetDirectoryName(path); above is { Length: > 1 }; above = Path.GetDirectoryName(above))
        {
            if (FileStatus.Of(above) is { Kind: not FileKind.Directory } status && !(status.Kind == FileKind.Link && status.Uid == 0))
                yield return $"The {what} {path} cannot be created: {above} is {Named(status.Kind)}, not a directory. Move it away.";
        }
    }

    private static IEnumerable<string> OfMode(string path, string mode)
    {
        if (mode.Length is < 3 or > 4 || mode.Any(c => c is < '0' or > '7'))
            yield return $"The mode '{mode}' of {path} is not octal, such as 0640.";
    }

    private static IEnumerable<string> OfBlock(BlockEntry entry)
    {
        if (entry.Name.Length == 0 || entry.Name.Contains('\n'))
            yield return $"The block in {entry.Path} needs a name of one line.";
        if (entry.Content.Split('\n').Any(line => line == BlockText.Begin(entry.Name) || line == BlockText.End(entry.Name)))
            yield return $"The block '{entry.Name}' in {entry.Path} contains its own marker line.";
    }

    private static IEnumerable<string> Twice(FilesManifest files) =>
        files.Directories.Select(entry => entry.Path)
            .Concat(files.Files.Select(entry => entry.Path))
            .Concat(files.Blocks.Select(entry => entry.Path).Distinct())
            .GroupBy(path => path)
            .Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} is wanted more than once: as directory, file or shared file.")
            .Concat(files.Blocks.GroupBy(entry => (entry.Path, entry.Name))
                .Where(same => same.Count() > 1)
                .Select(same => $"The block '{same.Key.Name}' in {same.Key.Path} is wanted more than once."));

    /// <summary>The kind as words.</summary>
    public static string Named(FileKind kind) => kind switch
    {
        FileKind.File => "a file",
        FileKind.Directory => "a directory",
        FileKind.Link => "a symbolic link",
        _ => "a device, socket or pipe",
    };

    /// <summary>The refusal to replace something of another kind.</summary>
    public static string InTheWay(string path, string wanted, FileKind found) => found == FileKind.Link
        ? $"{path} is a symbolic link (to {File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName}), not {wanted}. " +
          "It is not followed, because its target may belong to others. Remove the link, or replace it by its target."
        : $"{path} is {Named(found)}, not {wanted}. Move it away and run this again.";
}
