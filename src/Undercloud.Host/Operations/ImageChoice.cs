using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;

namespace Undercloud.Host.Operations;

/// <summary>The images that a command is about: those that it names, or else those of the undercloud.</summary>
public static class ImageChoice
{
    /// <summary>Full names of images.</summary>
    /// <param name="tool">The tool's own files.</param>
    /// <param name="names">Names of definitions; none for those that services run in.</param>
    /// <param name="release">The release.</param>
    /// <exception cref="InstallException">A name is unknown, or a definition cannot be read.</exception>
    public static ImmutableArray<string> Of(ToolHome tool, IReadOnlyCollection<string> names, OpenStackRelease release)
    {
        var diagnostics = new DiagnosticBag();
        var catalog = ImageDefinitions.Load(tool.Images, diagnostics);
        foreach (var unknown in names.Where(name => catalog.Of(name) is null))
            diagnostics.Error(null, "IMG013", $"There is no image definition '{unknown}'.", Suggestion.For(unknown, catalog.All.Select(definition => definition.Name)));
        return diagnostics.HasErrors
            ? throw new InstallException(string.Join('\n', diagnostics.All))
            : [.. catalog.All.Where(definition => names.Count == 0 ? !definition.Parameters.IsEmpty : names.Contains(definition.Name)).Select(definition => definition.TagFor(release))];
    }
}
