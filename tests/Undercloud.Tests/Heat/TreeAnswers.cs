using System.Text.RegularExpressions;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>
/// What two resolutions of a tree cannot have in common is masked: UUIDs, the made-up end of generated names, random strings and passwords.
/// </summary>
internal static partial class TreeAnswers
{
    public static Value Mask(Value value, IReadOnlyCollection<string> random) => value switch
    {
        StringValue text => Mask(text.Text, random),
        ListValue list => new ListValue([.. list.Items.Select(item => Mask(item, random))]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(Mask(entry.Key, random), Mask(entry.Value, random)))),
        _ => value,
    };

    /// <summary>The places where two values differ, a line each.</summary>
    public static IEnumerable<string> Differences(Value theirs, Value mine, string path) => (theirs, mine) switch
    {
        (MapValue left, MapValue right) => left.Keys.Union(right.Keys).Order(StringComparer.Ordinal).SelectMany(key =>
            left[key] is { } a && right[key] is { } b ? Differences(a, b, $"{path}/{key}")
                : [$"{path}/{key}: Heat {Shown(left[key])}, ours {Shown(right[key])}"]),
        (ListValue left, ListValue right) when left.Items.Length == right.Items.Length =>
            left.Items.Zip(right.Items).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path}/{i}")),
        _ => CanonicalJson.Write(theirs) == CanonicalJson.Write(mine) ? [] : [$"{path}: Heat {Shown(theirs)}, ours {Shown(mine)}"],
    };

    private static string Mask(string text, IReadOnlyCollection<string> random)
    {
        foreach (var value in random)
            text = text.Replace(value, "RANDOM", StringComparison.Ordinal);
        return ShortId().Replace(Uuid().Replace(text, "UUID"), "-SHORTID");
    }

    private static string Shown(Value? value) => value?.ToString() is not { } text ? "nothing" : text.Length > 200 ? text[..200] + "…" : text;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("-[a-z2-7]{12}(?![a-z0-9])")]
    private static partial Regex ShortId();
}
