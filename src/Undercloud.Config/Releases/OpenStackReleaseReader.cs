using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Config;

/// <summary>Reads the files of the releases. They are part of the program, so a mistake in one is an exception that names file and key.</summary>
internal static class OpenStackReleaseReader
{
    private const string Prefix = "releases/", Suffix = ".yaml";

    /// <summary>The releases that are compiled into the program, oldest first.</summary>
    public static ImmutableArray<OpenStackRelease> Embedded()
    {
        var assembly = typeof(OpenStackReleaseReader).Assembly;
        var read = new List<(string Released, OpenStackRelease Release)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            read.Add(Read(resource[Prefix.Length..^Suffix.Length], reader.ReadToEnd()));
        }

        return [.. read.OrderBy(pair => pair.Released, StringComparer.Ordinal).Select(pair => pair.Release)];
    }

    /// <summary>One file.</summary>
    /// <param name="name">The release's name.</param>
    /// <param name="text">YAML: suite, released (the date as text, by which releases are ordered), templates, images, plugins.</param>
    /// <exception cref="InvalidDataException">The file is no YAML, or has an unknown or missing key or a wrong value.</exception>
    public static (string Released, OpenStackRelease Release) Read(string name, string text)
    {
        var bag = new DiagnosticBag();
        var root = YamlReader.Read(text, $"{name}{Suffix}", bag)?.ToValue() as MapValue ?? throw Wrong(name, bag.All.FirstOrDefault()?.Message ?? "no map");
        OnlyKeys(name, "", root, "suite", "released", "templates", "images", "plugins");
        var images = Map(name, root, "images");
        foreach (var image in images.Keys)
            OnlyKeys(name, $"images.{image}.", Map(name, images, image), "packages", "run");
        var plugins = Map(name, root, "plugins");
        return (Text(name, root, "released"), new(name, Text(name, root, "suite"), Map(name, root, "templates"))
        {
            ImagePackages = images.Keys.ToImmutableDictionary(image => image, image => Texts(name, Map(name, images, image), "packages"), StringComparer.Ordinal),
            ImageCommands = images.Keys.ToImmutableDictionary(image => image, image => Texts(name, Map(name, images, image), "run"), StringComparer.Ordinal),
            Plugins = plugins.Keys
                .SelectMany(file => Map(name, plugins, file).Keys.Select(option => (file, option)))
                .ToImmutableDictionary(key => key, key => Texts(name, Map(name, plugins, key.file), key.option)),
        });
    }

    private static void OnlyKeys(string name, string where, MapValue map, params ReadOnlySpan<string> known)
    {
        foreach (var key in map.Keys)
        {
            if (!known.Contains(key))
                throw Wrong(name, $"'{where}{key}' is no key of a release; the keys are {string.Join(", ", known!)}");
        }
    }

    private static MapValue Map(string name, MapValue map, string key) => map[key] as MapValue ?? throw Wrong(name, $"'{key}' is no map");

    private static string Text(string name, MapValue map, string key) => map[key] is StringValue { Text: var text } ? text : throw Wrong(name, $"'{key}' is no text");

    private static ImmutableArray<string> Texts(string name, MapValue map, string key) => map[key] switch
    {
        null => [],
        ListValue list => [.. list.Items.Select(item => item is StringValue { Text: var text } ? text : throw Wrong(name, $"'{key}' has {item}, which is no text"))],
        _ => throw Wrong(name, $"'{key}' is no list"),
    };

    private static InvalidDataException Wrong(string name, string problem) => new($"The file of the release {name} is wrong: {problem}.");
}
