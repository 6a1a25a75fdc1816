using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Undercloud.Deploy.Ansible;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Files;

/// <summary>The changes made by writing a project, as paths below its directory.</summary>
/// <param name="Written">Files that were created or updated.</param>
/// <param name="Unchanged">Files that already had the content.</param>
/// <param name="Removed">Files of an earlier run that the project no longer has.</param>
/// <param name="Kept">Such files that were edited since; they are not removed and belong to the operator from now on.</param>
public sealed record ProjectChanges(IReadOnlyList<string> Written, IReadOnlyList<string> Unchanged, IReadOnlyList<string> Removed, IReadOnlyList<string> Kept);

/// <summary>
/// A directory with a project's files. A list in it, with digests, records which files this class wrote; only those are replaced or removed, and no
/// symbolic link below the directory is followed. An interrupted run leaves no file that is not in the list.
/// </summary>
public sealed class ProjectDirectory(string path)
{
    /// <summary>The name of the list.</summary>
    public const string ListFile = ".undercloud-files.json";

    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes the files, each 0600, and removes earlier ones that are no longer wanted.</summary>
    /// <exception cref="InstallException">A foreign file is in the way; then nothing was changed.</exception>
    public ProjectChanges Write(IReadOnlyList<ProjectFile> files)
    {
        var known = ReadList();
        var wanted = files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);
        var stale = known.Keys.Where(file => !wanted.ContainsKey(file)).ToList();
        foreach (var file in wanted.Keys)
            Check(file, known);

        Directory.CreateDirectory(path, DirectoryMode);
        var digests = wanted.ToDictionary(file => file.Key, file => Digest(Encoding.UTF8.GetBytes(file.Value)), StringComparer.Ordinal);
        WriteList(known.Concat(digests));
        var (removed, kept) = Remove(stale, known);
        var written = new List<string>();
        var unchanged = new List<string>();
        foreach (var (file, content) in wanted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!, DirectoryMode);
            (AtomicFile.WriteText(Full(file), content) ? written : unchanged).Add(file);
        }

        WriteList(digests);
        return new(written, unchanged, removed, kept);
    }

    private void Check(string file, Dictionary<string, string> known)
    {
        if (file == ListFile || !IsBelow(file))
            throw new InstallException($"The project has a file '{file}', which {path} cannot hold.");
        for (var slash = file.IndexOf('/'); slash > 0; slash = file.IndexOf('/', slash + 1))
        {
            var parent = file[..slash];
            if (FileStatus.Of(Full(parent)) is { Kind: not FileKind.Directory } && !known.ContainsKey(parent))
                throw InTheWay(parent);
        }

        if (FileStatus.Of(Full(file)) is { } status && (status.Kind != FileKind.File || !known.ContainsKey(file)))
            throw InTheWay(file);
    }

    private (List<string> Removed, List<string> Kept) Remove(List<string> stale, Dictionary<string, string> known)
    {
        List<string> removed = [], kept = [];
        foreach (var file in stale)
        {
            if (HasLink(file) || FileStatus.Of(Full(file)) is not { Kind: FileKind.File })
                continue;
            if (Digest(File.ReadAllBytes(Full(file))) != known[file])
            {
                kept.Add(file);
                continue;
            }

            File.Delete(Full(file));
            removed.Add(file);
            RemoveEmpty(Path.GetDirectoryName(file)!);
        }

        return (removed, kept);
    }

    private void RemoveEmpty(string directory)
    {
        while (directory.Length > 0 && !Directory.EnumerateFileSystemEntries(Full(directory)).Any())
        {
            Directory.Delete(Full(directory));
            directory = Path.GetDirectoryName(directory)!;
        }
    }

    // Whether a directory on the path to the file is a symbolic link.
    private bool HasLink(string file)
    {
        for (var slash = file.IndexOf('/'); slash > 0; slash = file.IndexOf('/', slash + 1))
        {
            if (FileStatus.Of(Full(file[..slash])) is { Kind: FileKind.Link })
                return true;
        }

        return false;
    }

    private Dictionary<string, string> ReadList()
    {
        var list = Full(ListFile);
        if (!File.Exists(list))
            return new(StringComparer.Ordinal);
        try
        {
            if (CanonicalJson.Read(File.ReadAllText(list)) is MapValue map && map.Entries.All(entry => IsBelow(entry.Key) && entry.Value is StringValue))
                return map.Entries.ToDictionary(entry => entry.Key, entry => ((StringValue)entry.Value).Text, StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw new InstallException(
            $"{list} is damaged, so it is not known which files of {path} an earlier run wrote. Choose another directory, or empty this one.");
    }

    private void WriteList(IEnumerable<KeyValuePair<string, string>> digests) => AtomicFile.WriteText(
        Full(ListFile),
        CanonicalJson.WriteIndented(new MapValue(new MapValue(digests.Select(file => KeyValuePair.Create(file.Key, (Value)file.Value)))
            .Entries.OrderBy(file => file.Key, StringComparer.Ordinal))));

    private string Full(string file) => Path.Combine(path, file);

    private static bool IsBelow(string file) => file.Split('/').All(name => name.Length > 0 && name is not ("." or "..")) && !file.Contains('\0');

    private static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private InstallException InTheWay(string file) =>
        new($"{Full(file)} is in the way: it was not written by an earlier run. Choose another directory, or move it away.");
}
