using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Host.Images;

/// <summary>The image definitions on disk.</summary>
public static class ImageDefinitions
{
    /// <summary>Reads every <c>*.yaml</c> of the directory; errors go to the bag.</summary>
    public static ImageCatalog Load(string directory, DiagnosticBag diagnostics)
    {
        if (!Directory.Exists(directory))
        {
            diagnostics.Error(null, "IMG014", $"There is no directory {directory} with image definitions.", "Run the tool from its own checkout.");
            return ImageCatalog.Of([], diagnostics);
        }

        var definitions = Directory.GetFiles(directory, "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path => ImageDefinition.Parse(File.ReadAllText(path), path, diagnostics))
            .OfType<ImageDefinition>()
            .ToList();
        foreach (var file in definitions.SelectMany(definition => definition.Files).Where(file => !File.Exists(Path.Combine(directory, file.Source))))
            diagnostics.Error(file.Location, "IMG015", $"There is no file {Path.Combine(directory, file.Source)}.");
        return ImageCatalog.Of(definitions, diagnostics);
    }

    /// <summary>The definition for a release, with the content of its files.</summary>
    public static ImageRecipe Recipe(this ImageDefinition definition, string directory, OpenStackRelease release) =>
        new(definition, release, [.. definition.Files.Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(Path.Combine(directory, file.Source)))]);
}
