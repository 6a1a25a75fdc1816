using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Undercloud.Heat.Resources;

/// <summary>A resource type that needs a live cloud: the names of its properties and attributes; source: Heat 19's resource plugins.</summary>
internal sealed record LiveType(string Name, ImmutableArray<string> Properties, ImmutableArray<string> Attributes)
{
    private static readonly Lazy<FrozenDictionary<string, LiveType>> s_all = new(Load);

    public static IEnumerable<string> Names => s_all.Value.Keys;

    /// <summary>The type of a name, or null when Heat has none.</summary>
    public static LiveType? Find(string name) => s_all.Value.GetValueOrDefault(name);

    // One type per line: name: properties; attributes
    private static FrozenDictionary<string, LiveType> Load()
    {
        using var reader = new StreamReader(typeof(LiveType).Assembly.GetManifestResourceStream("live-types.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var lists = line[(colon + 2)..].Split(';');
            return KeyValuePair.Create(line[..colon], new LiveType(line[..colon], Words(lists[0]), Words(lists[1])));
        }).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static ImmutableArray<string> Words(string list) => [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
