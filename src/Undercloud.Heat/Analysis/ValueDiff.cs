using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>
/// Compares values by their structure. Maps are compared key by key, whatever their order; lists item by item: the items that both have
/// stay together, by their <c>name</c> where all items have one of their own, else by their content.
/// </summary>
public sealed class ValueDiff
{
    // Deeper than any template; beyond it values are compared as a whole.
    private const int DepthLimit = 300;
    private readonly ImmutableArray<ValueDifference>.Builder _differences = ImmutableArray.CreateBuilder<ValueDifference>();
    private readonly List<DifferenceStep> _path = [];

    private ValueDiff()
    {
    }

    /// <summary>The places in which two values differ, maps in the order of their keys; none when they are equal.</summary>
    public static ImmutableArray<ValueDifference> Between(Value before, Value after)
    {
        var diff = new ValueDiff();
        diff.Compare(before, after);
        return diff._differences.DrainToImmutable();
    }

    private void Compare(Value before, Value after)
    {
        if (before.Equals(after))
            return;
        if (_path.Count < DepthLimit && before is MapValue oldMap && after is MapValue newMap)
            Compare(oldMap, newMap);
        else if (_path.Count < DepthLimit && before is ListValue oldList && after is ListValue newList)
            Compare(oldList, newList);
        else
            Add(before, after);
    }

    private void Compare(MapValue before, MapValue after)
    {
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Step(new(key, null, null, null), before[key], after[key]);
    }

    private void Compare(ListValue before, ListValue after)
    {
        var named = HaveNames(before) && HaveNames(after);
        foreach (var (old, @new) in ListAlignment.Of(Identities(before, named), Identities(after, named), pairRest: !named))
        {
            var name = named ? Name(old is { } place ? before.Items[place] : after.Items[@new!.Value]) : null;
            Step(new(null, old, @new, name), old is { } i ? before.Items[i] : null, @new is { } j ? after.Items[j] : null);
        }
    }

    private void Step(DifferenceStep step, Value? before, Value? after)
    {
        _path.Add(step);
        if (before is not null && after is not null)
            Compare(before, after);
        else
            Add(before, after);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Add(Value? before, Value? after) => _differences.Add(new([.. _path], before, after));

    private static IReadOnlyList<Value> Identities(ListValue list, bool named) => named ? [.. list.Items.Select(item => ((MapValue)item)["name"]!)] : list.Items;

    private static bool HaveNames(ListValue list) =>
        !list.Items.IsEmpty && list.Items.All(item => Name(item) is not null)
        && list.Items.Select(Name).Distinct(StringComparer.Ordinal).Count() == list.Items.Length;

    private static string? Name(Value item) => item is MapValue map && map["name"] is StringValue { Text: var name } ? name : null;
}
