using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Config;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Images;

/// <summary>Reads one definition and reports all of its errors.</summary>
internal sealed partial class ImageDefinitionReader(string path, DiagnosticBag diagnostics)
{
    private static readonly string[] s_keys = ["name", "from", "release", "service_users", "packages", "files", "run", "parameters", "command", "exports"];
    private static readonly string[] s_fileKeys = ["source", "path", "mode"];
    private static readonly string[] s_exportKeys = ["path", "to"];

    public ImageDefinition? Read(string text)
    {
        if (YamlReader.Read(text, path, diagnostics) is not { } document)
            return null;
        var root = new ValueCursor(document.ToValue(), "", new(diagnostics, "IMG006", document) { UnknownKey = "IMG005" });
        if (root.Value is not MapValue)
        {
            diagnostics.Error(root.Place, "IMG002", "An image definition is a map.", $"Its keys are {string.Join(", ", s_keys)}.");
            return null;
        }

        root.OnlyKeys(s_keys, "an image definition");
        if (root["name"].Value is not StringValue { Text: var name } || !ImageName().IsMatch(name))
        {
            diagnostics.Error(root["name"].Place, "IMG003", "An image definition needs a name of lower-case letters, digits and hyphens.");
            return null;
        }

        if (name != System.IO.Path.GetFileNameWithoutExtension(path))
            diagnostics.Error(root["name"].Place, "IMG004", $"The name '{name}' is not that of its file.", $"Name the file {name}.yaml.");
        return new(name, root["from"].OptionalText())
        {
            OnlyRelease = OnlyRelease(root["release"]),
            ServiceUsers = root["service_users"].Flag(),
            Packages = root["packages"].Texts(),
            Files = [.. root["files"].Items().Select(File).OfType<ImageFile>()],
            Run = root["run"].Texts(),
            Parameters = root["parameters"].Texts(),
            Command = root["command"].Texts(),
            Exports = [.. root["exports"].Items().Select(Export).OfType<ImageExport>()],
            Location = root["name"].Place.GetValueOrDefault(),
        };
    }

    private OpenStackRelease? OnlyRelease(ValueCursor release)
    {
        if (release.OptionalText() is not { } name)
            return null;
        if (OpenStackRelease.Of(name) is { } known)
            return known;
        diagnostics.Error(release.Place, "IMG007", $"There is no release '{name}'.", Suggestion.For(name, [.. OpenStackRelease.All.Select(release => release.Name)]));
        return null;
    }

    private ImageFile? File(ValueCursor file)
    {
        file.OnlyKeys(s_fileKeys, "a file");

        // YAML 1.1 reads 0644 without quotes as a number to the base of 8.
        var mode = file["mode"].Value switch { NullValue => "0644", StringValue text => text.Text, _ => "" };
        if (file["source"].OptionalText() is { } source && file["path"].OptionalText() is ['/', ..] target && Mode().IsMatch(mode))
            return new(source, target, mode) { Location = file["source"].Place.GetValueOrDefault() };
        diagnostics.Error(file.Place, "IMG008", "A file needs a source, an absolute path, and a mode in quotes such as \"0755\" (0644 when left out).");
        return null;
    }

    private ImageExport? Export(ValueCursor export)
    {
        export.OnlyKeys(s_exportKeys, "an export");
        if (export["path"].OptionalText() is ['/', ..] source && export["to"].OptionalText() is var to and (null or ['/', ..]))
            return new(source, to) { Location = export["path"].Place.GetValueOrDefault() };
        diagnostics.Error(export.Place, "IMG009", "An export needs the absolute path of a file in the image; 'to' is an absolute path as well.");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex ImageName();

    [GeneratedRegex("^0?[0-7]{3,4}$")]
    private static partial Regex Mode();
}
