using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Services;

/// <summary>The operator's options, merged over those of a service's files: the contract key <c>config_overrides</c>.</summary>
public static class ConfigOverrides
{
    // The suffixes of options that hold secrets in OpenStack's services, RabbitMQ and MariaDB: passwords, keys, URLs with a password in them.
    private static readonly string[] s_secret = ["password", "passwd", "_pass", "secret", "_key", "kek", "admin_token", "transport_url", "connection"];

    /// <summary>The values among these options that must not be shown.</summary>
    public static IEnumerable<string> SecretsIn(Value options) => Secrets("", options);

    /// <summary>Whether a file consists of options, so that one of them can be set. Texts and SQL do not.</summary>
    public static bool Reach(ConfigFile file) => file.Format is ConfigFormat.Ini or ConfigFormat.Options or ConfigFormat.Yaml or ConfigFormat.Json or ConfigFormat.Haproxy;

    /// <summary>The names by which a file can be addressed: its path, and the part after the last slash.</summary>
    public static bool IsNamed(ConfigFile file, string name) => name == file.Path || name == Path.GetFileName(file.Path);

    /// <summary>The overrides of one file; the entry with the whole path takes precedence.</summary>
    public static MapValue For(ConfigFile file, MapValue overrides) => Merge(
        overrides[Path.GetFileName(file.Path)] as MapValue ?? MapValue.Empty,
        overrides[file.Path] as MapValue ?? MapValue.Empty,
        DepthOf(file.Format),
        keepNull: true);

    /// <summary>A file's content with the operator's options merged over it. A null option is removed, so that the program's own default holds.</summary>
    public static MapValue Apply(ConfigFormat format, MapValue content, MapValue options) => Merge(content, options, DepthOf(format), keepNull: false);

    /// <summary>Why a value does not fit a file of this format, after the path to the wrong part: ".token.expiration is …"; null when it does.</summary>
    public static string? ProblemOf(ConfigFormat format, Value options) => (format, options) switch
    {
        (_, not MapValue) => $" is of type {options.TypeName} where a map of {(format is ConfigFormat.Ini or ConfigFormat.Haproxy ? "sections" : "options")} belongs",
        (ConfigFormat.Ini or ConfigFormat.Haproxy, MapValue sections) => sections.Entries.Select(section => section.Value is MapValue inner
            ? ProblemOf(ConfigFormat.Options, inner) is { } problem ? $".{section.Key}{problem}" : null
            : $".{section.Key} is of type {section.Value.TypeName} where a section with its options belongs").FirstOrDefault(problem => problem is not null),
        (ConfigFormat.Options, MapValue flat) => flat.Entries.Where(option => !IsOption(option.Value))
            .Select(option => $".{option.Key} is of type {option.Value.TypeName} where a value or a list of values belongs").FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<string> Secrets(string name, Value value) => value switch
    {
        MapValue map => map.Entries.SelectMany(entry => Secrets(entry.Key, entry.Value)),
        ListValue list => list.Items.SelectMany(item => Secrets(name, item)),
        StringValue text when s_secret.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) => [text.Text],
        _ => [],
    };

    private static bool IsOption(Value value) => value is ListValue list ? list.Items.All(item => item is not (MapValue or ListValue)) : value is not MapValue;

    private static int DepthOf(ConfigFormat format) => format switch
    {
        ConfigFormat.Ini or ConfigFormat.Haproxy => 2,
        ConfigFormat.Options => 1,
        _ => int.MaxValue,
    };

    private static MapValue Merge(MapValue content, MapValue options, int depth, bool keepNull)
    {
        if (options.Count == 0)
            return content;
        var merged = new List<KeyValuePair<string, Value>>(content.Entries);
        foreach (var (name, value) in options.Entries)
        {
            merged.Add(new(name, depth > 1 && value is MapValue inner
                ? Merge(content[name] as MapValue ?? MapValue.Empty, inner, depth - 1, keepNull)
                : value));
        }

        return new(new MapValue(merged).Entries.Where(entry => keepNull || entry.Value is not NullValue || !options.ContainsKey(entry.Key)));
    }
}
