using Undercloud.Heat.Analysis;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Analysis;

/// <summary>Makes the new value of the old one and the differences alone.</summary>
internal static class DifferenceReplay
{
    public static Value Apply(Value old, IEnumerable<ValueDifference> differences) => Apply(old, [.. differences], 0);

    private static Value Apply(Value old, List<ValueDifference> differences, int depth)
    {
        if (differences.Count == 0)
            return old;
        if (differences[0].Path.Length == depth)
            return Assert.Single(differences).New!;
        return old is MapValue map ? Map(map, differences, depth) : List((ListValue)old, differences, depth);
    }

    private static MapValue Map(MapValue old, List<ValueDifference> differences, int depth)
    {
        var byKey = differences.ToLookup(difference => difference.Path[depth].Key!, StringComparer.Ordinal);
        var entries = old.Keys.Union(byKey.Select(group => group.Key)).Select(key => KeyValuePair.Create(key, Part(old[key], [.. byKey[key]], depth)));
        return new(entries.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!)));
    }

    // Items that are added stand at their new places; the others keep their order around them.
    private static ListValue List(ListValue old, List<ValueDifference> differences, int depth)
    {
        var byOld = differences.Where(difference => difference.Path[depth].Old is not null).ToLookup(difference => difference.Path[depth].Old!.Value);
        var items = old.Items.Select((item, i) => Part(item, [.. byOld[i]], depth)).OfType<Value>().ToList();
        foreach (var added in differences.Where(difference => difference.Path[depth].Old is null).OrderBy(difference => difference.Path[depth].New))
            items.Insert(added.Path[depth].New!.Value, added.New!);
        return new([.. items]);
    }

    private static Value? Part(Value? old, List<ValueDifference> differences, int depth) => differences switch
    {
        [] => old,
        [{ New: null } removed] when removed.Path.Length == depth + 1 => null,
        [{ Old: null } added] when added.Path.Length == depth + 1 => added.New,
        _ => Apply(old!, differences, depth + 1),
    };
}
