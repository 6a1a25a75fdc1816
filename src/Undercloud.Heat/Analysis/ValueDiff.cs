using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>
/// Compares values by their structure. Maps are compared key by key, whatever their order; lists are compared item by item. Items are paired
/// by their <c>name</c> or <c>service_name</c> where every item has a unique one, else by their content.
/// </summary>
public sealed class ValueDiff
{
    // No template is deeper; beyond this depth values are compared as a whole.
    private const int DepthLimit = 300;
    private static readonly string[] s_names = ["name", "service_name"];
    private readonly ImmutableArray<ValueDifference>.Builder _differences = ImmutableArray.CreateBuilder<ValueDifference>();
    private readonly List<DifferenceStep> _path = [];

    private ValueDiff()
    {
    }

    /// <summary>The differences of two values, maps in the order of their keys; none when they are equal.</summary>
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
        var key = s_names.FirstOrDefault(key => HaveNames(before, key) && HaveNames(after, key));
        foreach (var (old, @new) in ListAlignment.Of(Identities(before, key), Identities(after, key), pairRest: key is null))
        {
            var name = key is null ? null : Name(old is { } place ? before.Items[place] : after.Items[@new!.Value], key);
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

    private static IReadOnlyList<Value> Identities(ListValue list, string? key) =>
        key is null ? list.Items : [.. list.Items.Select(item => (Value)Name(item, key)!)];

    private static bool HaveNames(ListValue list, string key) =>
        !list.Items.IsEmpty && list.Items.All(item => Name(item, key) is not null)
        && list.Items.Select(item => Name(item, key)).Distinct(StringComparer.Ordinal).Count() == list.Items.Length;

    private static string? Name(Value item, string key) => item is MapValue map && map[key] is StringValue { Text: var name } ? name : null;
}
