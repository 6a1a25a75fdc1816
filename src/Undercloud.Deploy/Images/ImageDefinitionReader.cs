using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>Reads one definition and reports all of its errors.</summary>
internal sealed partial class ImageDefinitionReader(string path, DiagnosticBag diagnostics)
{
    private static readonly string[] s_keys = ["name", "from", "release", "service_users", "packages", "files", "run", "parameters", "command", "exports"];
    private static readonly string[] s_fileKeys = ["source", "path", "mode"];
    private static readonly string[] s_exportKeys = ["path", "to"];

    public ImageDefinition? Read(string text)
    {
        if (DefinitionNode.Read(text, path, diagnostics) is not { } root)
            return null;
        if (root.Entries is null)
        {
            diagnostics.Error(root.Span, "IMG002", "An image definition is a map.", $"Its keys are {string.Join(", ", s_keys)}.");
            return null;
        }

        var keys = Keys(root, s_keys);
        if (keys.GetValueOrDefault("name")?.Text is not { } name || !ImageName().IsMatch(name))
        {
            diagnostics.Error(keys.GetValueOrDefault("name")?.Span ?? root.Span, "IMG003", "An image definition needs a name of lower-case letters, digits and hyphens.");
            return null;
        }

        if (name != System.IO.Path.GetFileNameWithoutExtension(path))
            diagnostics.Error(keys["name"].Span, "IMG004", $"The name '{name}' is not that of its file.", $"Name the file {name}.yaml.");
        return new(name, Word(keys, "from"))
        {
            OnlyRelease = OnlyRelease(keys),
            ServiceUsers = Word(keys, "service_users") == "true",
            Packages = keys.GetValueOrDefault("packages") is { Entries: null } ? Words(keys, "packages") : [],
            ReleasePackages = ByRelease(keys, "packages"),
            Files = Files(keys.GetValueOrDefault("files")),
            Run = keys.GetValueOrDefault("run") is { Entries: null } ? Words(keys, "run") : [],
            ReleaseRun = ByRelease(keys, "run"),
            Parameters = Words(keys, "parameters"),
            Command = Words(keys, "command"),
            Exports = Exports(keys.GetValueOrDefault("exports")),
            Location = keys["name"].Span,
        };
    }

    private Dictionary<string, DefinitionNode> Keys(DefinitionNode map, string[] known)
    {
        var keys = new Dictionary<string, DefinitionNode>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries!.Value)
        {
            if (key.Text is { } name && known.Contains(name))
                keys[name] = value;
            else
                diagnostics.Error(key.Span, "IMG005", $"There is no key '{key.Text}' here.", Suggest(key.Text ?? "", known));
        }

        return keys;
    }

    private static string Suggest(string name, IEnumerable<string> known) =>
        NearestName.Of(name, known) is { } near ? $"Did you mean '{near}'?" : $"The keys are {string.Join(", ", known)}.";

    private string? Word(Dictionary<string, DefinitionNode> keys, string key)
    {
        if (!keys.TryGetValue(key, out var node))
            return null;
        if (node.Text is null)
            diagnostics.Error(node.Span, "IMG006", $"'{key}' is a text.");
        return node.Text;
    }

    private ImmutableArray<string> Words(Dictionary<string, DefinitionNode> keys, string key) =>
        keys.TryGetValue(key, out var node) ? Words(node, key) : [];

    private ImmutableArray<string> Words(DefinitionNode node, string key)
    {
        if (node.Items is { } items && items.All(item => item.Text is not null))
            return [.. items.Select(item => item.Text!)];
        diagnostics.Error(node.Span, "IMG006", $"'{key}' is a list of texts.");
        return [];
    }

    private OpenStackRelease? OnlyRelease(Dictionary<string, DefinitionNode> keys)
    {
        if (Word(keys, "release") is not { } name)
            return null;
        if (OpenStackRelease.Of(name) is { } release)
            return release;
        diagnostics.Error(keys["release"].Span, "IMG007", $"There is no release '{name}'.", Suggest(name, OpenStackRelease.All.Select(r => r.Name)));
        return null;
    }

    // packages: [a, b] for every release, or {all: [a], zed: [b], epoxy: [c]}; run likewise.
    private ImmutableSortedDictionary<string, ImmutableArray<string>> ByRelease(Dictionary<string, DefinitionNode> map, string of)
    {
        var words = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in map.GetValueOrDefault(of)?.Entries ?? [])
        {
            var names = OpenStackRelease.All.Select(release => release.Name).Append("all").ToList();
            if (key.Text is not { } release || !names.Contains(release))
                diagnostics.Error(key.Span, "IMG007", $"There is no release '{key.Text}'.", Suggest(key.Text ?? "", names));
            else
                words[release] = Words(value, of);
        }

        if (!words.Remove("all", out var all))
            return words.ToImmutable();
        foreach (var release in OpenStackRelease.All)
            words[release.Name] = [.. all, .. words.GetValueOrDefault(release.Name, [])];
        return words.ToImmutable();
    }

    private ImmutableArray<ImageFile> Files(DefinitionNode? node)
    {
        if (node is null)
            return [];
        if (node.Items is not { } items || items.Any(item => item.Entries is null))
        {
            diagnostics.Error(node.Span, "IMG006", "'files' is a list of maps with source, path and mode.");
            return [];
        }

        return [.. items.Select(File).OfType<ImageFile>()];
    }

    private ImageFile? File(DefinitionNode node)
    {
        var keys = Keys(node, s_fileKeys);
        var (source, target, mode) = (Word(keys, "source"), Word(keys, "path"), Word(keys, "mode") ?? "0644");
        if (source is null || target is null || !target.StartsWith('/') || !Mode().IsMatch(mode))
        {
            diagnostics.Error(node.Span, "IMG008", "A file needs a source, an absolute path, and a mode such as \"0755\" (0644 when left out).");
            return null;
        }

        return new(source, target, mode) { Location = keys["source"].Span };
    }

    private ImmutableArray<ImageExport> Exports(DefinitionNode? node)
    {
        if (node is null)
            return [];
        if (node.Items is not { } items || items.Any(item => item.Entries is null))
        {
            diagnostics.Error(node.Span, "IMG006", "'exports' is a list of maps with path and to.");
            return [];
        }

        return [.. items.Select(Export).OfType<ImageExport>()];
    }

    private ImageExport? Export(DefinitionNode node)
    {
        var keys = Keys(node, s_exportKeys);
        var (path, to) = (Word(keys, "path"), Word(keys, "to"));
        if (path is not null && path.StartsWith('/') && to?.StartsWith('/') != false)
            return new(path, to) { Location = keys["path"].Span };
        diagnostics.Error(node.Span, "IMG009", "An export needs the absolute path of a file in the image; 'to' is an absolute path as well.");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex ImageName();

    [GeneratedRegex("^0?[0-7]{3,4}$")]
    private static partial Regex Mode();
}
