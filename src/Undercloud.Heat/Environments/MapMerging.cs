using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Environments;

/// <summary>Merges a later environment's values over earlier ones.</summary>
internal static class MapMerging
{
    /// <summary>Maps are merged at every level, any other value is replaced; null does not replace a map. Source: heatclient 3.1.</summary>
    public static MapValue Update(MapValue old, MapValue later)
    {
        if (old.Count == 0 && later.Entries.All(entry => entry.Value is not MapValue))
            return later;
        return new(old.Entries.Concat(later.Entries.Select(entry => KeyValuePair.Create(entry.Key, Update(old[entry.Key], entry.Value)))));
    }

    /// <summary>Two values under the strategy <c>merge</c> or <c>deep_merge</c>; null when they cannot be merged. Source: Heat 19.</summary>
    public static Value? Merge(Value? old, Value later, bool deep) => (old, later) switch
    {
        (null or NullValue, _) => later,
        (MapValue left, MapValue right) => left.Count == 0 ? right : Merge(left, right, deep),
        (ListValue left, ListValue right) => new ListValue([.. left.Items, .. right.Items]),
        (StringValue left, StringValue right) => left.Text + right.Text,
        (IntegerValue left, IntegerValue right) => new IntegerValue(left.Number + right.Number),
        (FloatValue left, FloatValue right) => new FloatValue(left.Number + right.Number),
        _ => null,
    };

    private static Value Update(Value? old, Value later) => (old, later) switch
    {
        (MapValue, NullValue) => old,
        (MapValue left, MapValue right) => Update(left, right),
        (_, MapValue right) => Update(MapValue.Empty, right),
        _ => later,
    };

    private static MapValue Merge(MapValue old, MapValue later, bool deep)
    {
        var entries = old.Entries.ToList();
        foreach (var (key, value) in later.Entries.Where(entry => entry.Value is not NullValue))
        {
            var merged = !deep ? value : (old[key], value) switch
            {
                ({ } left, MapValue or ListValue) when PythonTruth.IsFalse(left) => value,
                ({ } left, MapValue or ListValue or StringValue) => Merge(left, value, true) ?? value,
                _ => value,
            };
            entries.Add(new(key, merged));
        }

        return new(entries);
    }
}
