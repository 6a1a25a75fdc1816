using Undercloud.Heat.Templates;

namespace Undercloud.Host.Install;

/// <summary>A template collection on disk. Relative paths are below its root; absolute ones are an operator's own templates.</summary>
public sealed class TemplateDirectory(string root) : ITemplateFiles
{
    public string? Read(string path)
    {
        var file = Path.IsPathRooted(path) ? path : Path.Combine(root, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
