using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Lists in brackets and dictionaries in braces (source: oslo_config/types.py, List and Dict with bounds).</summary>
internal static class OsloCollections
{
    // An unreadable item extends to the next comma, so the work grows with the square.
    private const int Most = 1000;

    /// <summary>A list of dictionaries of text. Commas after the closing bracket are ignored.</summary>
    public static Reading ReadMaps(string text)
    {
        var trimmed = PythonText.Strip(text).TrimEnd(',');
        if (!trimmed.StartsWith('[') || !trimmed.EndsWith(']'))
            return Reading.Wrong("is not in brackets");
        // A lone bracket is both the first and the last character.
        var inside = trimmed.Length < 2 ? "" : trimmed[1..^1];
        if (inside.Length == 0)
            return Reading.Of(ListValue.Empty);
        var (items, problem) = Greedy(inside, ReadMap);
        return problem is null ? Reading.Of(new ListValue(items)) : Reading.Wrong(problem);
    }

    private static Reading ReadMap(string text)
    {
        var trimmed = PythonText.Strip(text);
        if (!trimmed.StartsWith('{') || !trimmed.EndsWith('}'))
            return Reading.Wrong("has an item that is not in braces");
        var inside = trimmed[1..^1];
        if (inside.Length == 0)
            return Reading.Of(MapValue.Empty);
        var (pairs, problem) = Greedy(inside, ReadPair);
        if (problem is not null)
            return Reading.Wrong(problem);
        var entries = pairs.Select(pair => (ListValue)pair)
            .Select(pair => KeyValuePair.Create(((StringValue)pair.Items[0]).Text, pair.Items[1])).ToArray();
        return entries.Any(entry => entry.Key.Length == 0) ? Reading.Wrong("has an item without a name")
            : entries.DistinctBy(entry => entry.Key).Count() < entries.Length ? Reading.Wrong("has a name twice in one item")
            : Reading.Of(new MapValue(entries));
    }

    // pair => name ':' value
    private static Reading ReadPair(string text)
    {
        var parts = text.Split(':', 2);
        return parts.Length < 2
            ? Reading.Wrong("has an item with a part that is not name: value")
            : Reading.Of(new ListValue([PythonText.Strip(parts[0]), PythonText.Strip(parts[1])]));
    }

    private static (ImmutableArray<Value> Items, string? Problem) Greedy(string text, Func<string, Reading> read)
    {
        var parts = text.Split(',');
        if (parts.Length > Most)
            return ([], $"has more than {Most} commas");
        var items = ImmutableArray.CreateBuilder<Value>();
        for (var next = 0; next < parts.Length;)
        {
            var item = parts[next++];
            var first = read(item);
            var reading = first;
            while (reading.Value is null && next < parts.Length)
                reading = read(item = $"{item},{parts[next++]}");
            if (reading.Value is not { } value)
                return ([], first.Problem);
            items.Add(value);
        }

        return (items.ToImmutable(), null);
    }
}
