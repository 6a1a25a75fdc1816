using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Host.Files;

namespace Undercloud.Host.Templates;

/// <summary>A tree of Heat templates on disk, overlaid with the rendered Jinja2 files. Absolute paths outside the tree are read as they are.</summary>
/// <param name="Root">The tree's directory: absolute, without a slash at the end.</param>
/// <param name="Rendered">Rendered text by path relative to the root.</param>
public sealed record TemplateTree(string Root, ImmutableDictionary<string, string> Rendered) : ITemplateFiles
{
    private static readonly UTF8Encoding s_utf8 = new();

    /// <summary>A tree without Jinja2 files.</summary>
    public static TemplateTree Plain(string root) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>
    /// Why files could not be rendered, by path; <c>DIRECTORY/*</c> stands for the files of a directory with unknown names.
    /// </summary>
    public ImmutableDictionary<string, Diagnostic> Failures { get; init; } = ImmutableDictionary.Create<string, Diagnostic>(StringComparer.Ordinal);

    public Diagnostic? Failure(string path)
    {
        var inside = Inside(path);
        if (Failures.TryGetValue(inside, out var own))
            return own;
        if (Rendered.ContainsKey(inside) || OnDisk(inside) is not { Problem: { } problem } file)
            return null;
        return file.IsMissing
            ? Failures.GetValueOrDefault(inside[..(inside.LastIndexOf('/') + 1)] + "*")
            : new(Severity.Error, "TREE005", problem, new(file.Path, 0, 0), "Name a readable file, or let this user read it.");
    }

    public string? Read(string path)
    {
        var inside = Inside(path);
        if (Failures.ContainsKey(inside))
            return null;
        if (Rendered.TryGetValue(inside, out var text))
            return text;
        return OnDisk(inside) is not { Problem: null, Bytes: var content } ? null : Utf8.IsValid(content) ? s_utf8.GetString(content) : Base64(content);
    }

    /// <summary>Whether a file is missing, or is text as Heat accepts it.</summary>
    public bool IsText(string path) =>
        Inside(path) is var inside && (Rendered.ContainsKey(inside) || Failures.ContainsKey(inside) || Utf8.IsValid(OnDisk(inside).Bytes));

    /// <summary>Whether the tree has a file with this path, rendered or not.</summary>
    public bool Has(string path) => Rendered.ContainsKey(path) || File.Exists(Path.Combine(Root, path));

    /// <summary>
    /// The path in the tree of a file that the user names: relative to the working directory, else to the root. A path into the root's directory means the
    /// tree's file with that path, which may exist only after rendering.
    /// </summary>
    public string Named(string path)
    {
        var inside = Inside(Path.GetFullPath(path));
        return Path.IsPathRooted(path) || File.Exists(path) || !Path.IsPathRooted(inside) || !Has(path) ? inside : TemplatePath.Normalise(path);
    }

    private OperatorFile OnDisk(string inside) => OperatorFile.Read(Path.IsPathRooted(inside) ? inside : Path.Combine(Root, inside));

    // heatclient encodes a file that is not UTF-8 with Python's base64.encodebytes(): lines of 76 characters, each with a line feed.
    private static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n";

    private string Inside(string path) =>
        path.Length > Root.Length + 1 && path[Root.Length] == '/' && path.StartsWith(Root, StringComparison.Ordinal) ? path[(Root.Length + 1)..] : path;
}
