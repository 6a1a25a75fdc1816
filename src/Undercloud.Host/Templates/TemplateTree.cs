using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;

namespace Undercloud.Host.Templates;

/// <summary>A tree of Heat templates on disk with what its Jinja2 files render to laid over it. Absolute paths outside are files as they are.</summary>
/// <param name="Root">The tree's directory, absolute, without a slash at its end.</param>
/// <param name="Rendered">Rendered text by path relative to the root.</param>
public sealed record TemplateTree(string Root, ImmutableDictionary<string, string> Rendered) : ITemplateFiles
{
    private static readonly UTF8Encoding s_utf8 = new();

    /// <summary>A tree without Jinja2 files.</summary>
    public static TemplateTree Plain(string root) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>
    /// Why files could not be rendered, by their path; <c>DIRECTORY/*</c> stands for files of a directory whose names are not even known.
    /// </summary>
    public ImmutableDictionary<string, Diagnostic> Failures { get; init; } = ImmutableDictionary.Create<string, Diagnostic>(StringComparer.Ordinal);

    public Diagnostic? Failure(string path) =>
        Inside(path) is var inside && Failures.TryGetValue(inside, out var own) ? own
        : Rendered.ContainsKey(inside) || Content(inside) is not null ? null
        : Failures.GetValueOrDefault(inside[..(inside.LastIndexOf('/') + 1)] + "*");

    public string? Read(string path)
    {
        var inside = Inside(path);
        if (Failures.ContainsKey(inside))
            return null;
        if (Rendered.TryGetValue(inside, out var text))
            return text;
        return Content(inside) is not { } content ? null : Utf8.IsValid(content) ? s_utf8.GetString(content) : Base64(content);
    }

    /// <summary>Whether a file is text as Heat takes it, or not there.</summary>
    public bool IsText(string path) =>
        Inside(path) is var inside && (Rendered.ContainsKey(inside) || Failures.ContainsKey(inside) || Content(inside) is not { } content || Utf8.IsValid(content));

    /// <summary>Whether the tree has a file of this path, rendered or not.</summary>
    public bool Has(string path) => Rendered.ContainsKey(path) || File.Exists(Path.Combine(Root, path));

    /// <summary>
    /// The path by which the tree knows a file that a user names: from the working directory, or else from the root; a path into the
    /// root's directory means the tree's file of that path, which may exist only after rendering.
    /// </summary>
    public string Named(string path)
    {
        var inside = Inside(Path.GetFullPath(path));
        return Path.IsPathRooted(path) || File.Exists(path) || !Path.IsPathRooted(inside) || !Has(path) ? inside : TemplatePath.Normalise(path);
    }

    private byte[]? Content(string inside)
    {
        try
        {
            return File.Exists(OnDisk(inside)) ? File.ReadAllBytes(OnDisk(inside)) : null;
        }
        catch (FileNotFoundException)
        {
            // A link to nowhere exists, but what it names does not.
            return null;
        }
    }

    private string OnDisk(string inside) => Path.IsPathRooted(inside) ? inside : Path.Combine(Root, inside);

    // heatclient sends a file that is no UTF-8 as Python's base64.encodebytes() has it: lines of 76 characters, each with its end.
    private static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n";

    private string Inside(string path) =>
        path.Length > Root.Length + 1 && path[Root.Length] == '/' && path.StartsWith(Root, StringComparison.Ordinal) ? path[(Root.Length + 1)..] : path;
}
