using System.Buffers;

namespace Undercloud.Heat.Templates;

/// <summary>Paths inside a template tree.</summary>
public static class TemplatePath
{
    private const string FileScheme = "file://";

    private static readonly SearchValues<char> s_scheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>Whether Heat treats a resource type or registry value as a template's path.</summary>
    public static bool IsTemplate(string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".template", StringComparison.Ordinal);

    /// <summary>Whether a reference is a URL, which heatclient downloads and this program does not.</summary>
    public static bool IsUrl(string reference) => reference.IndexOf("://", StringComparison.Ordinal) is > 0 and var end && reference.AsSpan(0, end).IndexOfAnyExcept(s_scheme) < 0;

    /// <summary>What to do about a reference that leads to no file, where it is a URL; null for a path.</summary>
    public static string? RemedyOfUrl(string reference) => IsUrl(reference) ? "Download it, and name the file: nothing is read over the network." : null;

    /// <summary>The path of a reference in the file <paramref name="from"/>: relative ones start in that file's directory. A URL stays as it is.</summary>
    public static string Resolve(string from, string reference)
    {
        if (reference.StartsWith(FileScheme, StringComparison.Ordinal))
            reference = reference[FileScheme.Length..];
        var directory = from.LastIndexOf('/') is >= 0 and var slash ? from[..(slash + 1)] : "";
        var path = reference.StartsWith('/') || IsUrl(reference) ? reference : directory + reference;
        return IsUrl(path) ? path : Normalise(path);
    }

    /// <summary>The path without <c>.</c>, <c>..</c> and empty parts; a relative one may keep leading <c>..</c>.</summary>
    public static string Normalise(string path)
    {
        var parts = new List<string>();
        var absolute = path.StartsWith('/');
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (!absolute)
                parts.Add(part);
        }

        return (absolute ? "/" : "") + string.Join('/', parts);
    }
}
