using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Templates;

/// <summary>
/// A tree of template and environment files. Paths are normalised, '/'-separated, relative to the tree's root or absolute.
/// </summary>
public interface ITemplateFiles
{
    /// <summary>The text of a file, or null when there is none.</summary>
    string? Read(string path);

    /// <summary>Why an expected file is missing, e.g. because it cannot be rendered; null when nothing more is known.</summary>
    Diagnostic? Failure(string path) => null;
}
