using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Templates;

/// <summary>
/// Renders the Jinja2 files of a template tree with the original python3-jinja2, in one process. The results are cached by the content of all inputs.
/// </summary>
/// <param name="processes">Runs Python.</param>
/// <param name="cache">The cache's directory; created when needed.</param>
public sealed class TemplateRenderer(IProcessRunner processes, string cache)
{
    private const string Python = "/usr/bin/python3";
    private const string Jinja = "/usr/lib/python3/dist-packages/jinja2/__init__.py";
    private const int Kept = 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>
    /// The rendered tree; null when the tree as a whole has errors, which are reported. Errors of single files are in the tree's failures: they matter only
    /// where the file is used.
    /// </summary>
    /// <param name="root">The tree's directory.</param>
    /// <param name="roles">The roles file; a relative path is looked up in the working directory, then in the tree. Files that do not use roles need none.</param>
    /// <param name="networks">The networks file, likewise.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="stop">Cancels the rendering.</param>
    public async Task<TemplateTree?> RenderAsync(string root, string roles, string networks, DiagnosticBag diagnostics, CancellationToken stop)
    {
        if (!Directory.Exists(root))
        {
            diagnostics.Error(new(root, 0, 0), "TREE001", "There is no such directory.", "Name the directory of a tree of templates with --templates.");
            return null;
        }

        var tree = TemplateTree.Plain(root);
        var sources = Sources(tree.Root);
        if (sources.Count == 0)
            return tree;
        var (rolesFile, networksFile) = (DataFile(tree, roles), DataFile(tree, networks));
        var script = Script();
        var kept = Path.Combine(cache, Key(tree.Root, sources, rolesFile, networksFile, script) + ".json");
        if (Rendered(kept) is { } known)
            return tree with { Rendered = known };
        var answer = await AskAsync(script, tree.Root, rolesFile, networksFile, diagnostics, stop);
        if (answer is null || diagnostics.HasErrors)
            return null;
        var files = (MapValue)answer["files"]!;
        var failures = Failures(tree.Root, (MapValue)answer["failed"]!, roles, networks);
        if (answer["outside"] is ListValue { Items.IsEmpty: true } && failures.IsEmpty)
            Keep(kept, files);
        return tree with { Rendered = Texts(files), Failures = failures };
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(TemplateRenderer).Assembly.GetManifestResourceStream("render_tree.py")!);
        return reader.ReadToEnd();
    }

    // All files with .j2 in their name, outside hidden directories.
    private static List<string> Sources(string root)
    {
        var found = new List<string>();
        var directories = new Stack<string>([root]);
        while (directories.TryPop(out var directory))
        {
            foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", s_everything).Where(entry => entry.Name[0] != '.'))
            {
                if (entry is DirectoryInfo { LinkTarget: null })
                    directories.Push(entry.FullName);
                else if (entry is FileInfo && entry.Name.Contains(".j2", StringComparison.Ordinal))
                    found.Add(entry.FullName);
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    // Empty for a missing file: a tree may have no files that need it.
    private static string DataFile(TemplateTree tree, string path)
    {
        var inTree = Path.Combine(tree.Root, path);
        return File.Exists(path) ? Path.GetFullPath(path) : File.Exists(inTree) ? Path.GetFullPath(inTree) : "";
    }

    private static ImmutableDictionary<string, Diagnostic> Failures(string root, MapValue failed, string roles, string networks) =>
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, failed.Entries.Select(entry =>
        {
            var failure = (MapValue)entry.Value;
            var finding = Failure(root, failure);
            return KeyValuePair.Create(entry.Key, failure["needs"] is not StringValue { Text: var data } ? finding : finding with
            {
                Code = "TREE002",
                Message = $"This is rendered with the {data} file, and there is no {(data == "roles" ? roles : networks)}, neither here nor in {root}.",
                Remedy = "Name the roles file with -r and the networks file with -n.",
            });
        }));

    private static Diagnostic Failure(string root, MapValue failure)
    {
        var line = failure["line"] is IntegerValue { Number: var number } ? (int)number : 0;
        return new(
            Severity.Error, "TREE004", $"Rendering fails here: {PythonText.Str(failure["message"]!).TrimEnd('.')}.",
            new(Path.Combine(root, PythonText.Str(failure["file"]!)), line, 0));
    }

    private static string Key(string root, List<string> sources, string roles, string networks, string script)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var others = new[] { roles, networks, Path.Combine(root, "j2_excludes.yaml"), Path.Combine(root, "tools", "process-templates.py"), Jinja };
        hash.AppendData(Encoding.UTF8.GetBytes(script));
        foreach (var path in sources.Concat(others))
        {
            var content = Content(path);
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{path}\0{content.Length}\0"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // For a file that cannot be read or a broken link, Python reports the error, and failures are not cached.
    private static byte[] Content(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<MapValue?> AskAsync(string script, string root, string roles, string networks, DiagnosticBag diagnostics, CancellationToken stop)
    {
        // Isolated: modules in the working directory or the user's home are not imported.
        var command = CommandLine.Of(Python, "-I", "-", root, roles, networks) with { Input = script, Timeout = s_limit };
        var result = await processes.RunAsync(command, stop);
        if (!result.Succeeded)
        {
            var remedy = result.ExitCode == 127 || result.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal)
                ? "Install python3-jinja2 and python3-yaml: apt-get install python3-jinja2 python3-yaml"
                : null;
            diagnostics.Error(new(root, 0, 0), "TREE003", $"The Jinja2 files cannot be rendered: {result.Tail(3)}", remedy);
            return null;
        }

        var answer = result.Json(printed => printed.ValueKind == JsonValueKind.Object ? (MapValue)CanonicalJson.Read(printed.GetRawText()) : throw new JsonException());
        diagnostics.AddRange(((ListValue)answer["errors"]!).Items.Cast<MapValue>().Select(error => Failure(root, error)));
        return answer;
    }

    private static ImmutableDictionary<string, string> Texts(MapValue files) => ImmutableDictionary.CreateRange(
        StringComparer.Ordinal, files.Entries.Select(file => KeyValuePair.Create(file.Key, ((StringValue)file.Value).Text)));

    private static ImmutableDictionary<string, string>? Rendered(string path)
    {
        try
        {
            return File.Exists(path) && CanonicalJson.Read(File.ReadAllText(path)) is MapValue files ? Texts(files) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidCastException)
        {
            // A damaged or unreadable entry is ignored.
            return null;
        }
    }

    // The cache only saves time: a full disk or a read-only home does not fail the rendering.
    private void Keep(string path, MapValue files)
    {
        try
        {
            Directory.CreateDirectory(cache, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            AtomicFile.WriteText(path, CanonicalJson.Write(files));
            foreach (var old in new DirectoryInfo(cache).EnumerateFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).Skip(Kept))
                old.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
