namespace Undercloud.Heat.Templates;

/// <summary>Paths inside a template tree.</summary>
public static class TemplatePath
{
    private const string FileScheme = "file://";

    /// <summary>Whether Heat treats a resource type or registry value as a template's path.</summary>
    public static bool IsTemplate(string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".template", StringComparison.Ordinal);

    /// <summary>The path of a reference in the file <paramref name="from"/>: relative ones start in that file's directory.</summary>
    public static string Resolve(string from, string reference)
    {
        if (reference.StartsWith(FileScheme, StringComparison.Ordinal))
            reference = reference[FileScheme.Length..];
        var directory = from.LastIndexOf('/') is >= 0 and var slash ? from[..(slash + 1)] : "";
        return Normalise(reference.StartsWith('/') ? reference : directory + reference);
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
