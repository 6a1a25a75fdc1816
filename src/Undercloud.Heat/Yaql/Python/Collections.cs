using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>All kinds of collections as Python's abstract ones: iterable, sequence, set, mapping.</summary>
internal static class Collections
{
    public static bool IsMap(Value value) => value is MapValue or DictValue;

    public static bool IsSequence(Value value) => value is ListValue or MutableListValue;

    public static bool IsSet(Value value) => value is SetValue or ViewValue { Kind: not ViewKind.Values };

    /// <summary>Python's iterables except strings and mappings.</summary>
    public static bool IsIterable(Value value) => value is ListValue or MutableListValue or SetValue or ViewValue or IteratorValue or OrderingValue;

    public static int Count(Value value) => value switch
    {
        ListValue list => list.Items.Length,
        MutableListValue list => list.Items.Length,
        SetValue set => set.Items.Count,
        MapValue map => map.Count,
        DictValue dict => dict.Items.Count,
        ViewValue view => Count(view.Map),
        _ => throw YaqlException.Type($"object of type '{Messages.TypeName(value)}' has no len()"),
    };

    /// <summary>The items of an iteration: Python's iter().</summary>
    public static IEnumerable<Value> Items(Value value) => value switch
    {
        ListValue list => list.Items,
        MutableListValue list => list.Items,
        SetValue set => set.Items.Keys,
        IteratorValue iterator => iterator.Start().Rest(),
        OrderingValue ordering => ordering.Ordering.Sorted,
        ViewValue view => View(view),
        StringValue text => CodePoints.Split(text.Text).Select(character => (Value)character),
        MapValue or DictValue => Entries(value).Select(entry => entry.Key),
        _ => throw YaqlException.Type($"'{Messages.TypeName(value)}' object is not iterable"),
    };

    public static IEnumerable<KeyValuePair<Value, Value>> Entries(Value map) =>
        map is DictValue dict ? dict.Items.Entries : StringEntries((MapValue)map);

    /// <summary>The value under a key, or null (the reference).</summary>
    /// <exception cref="YaqlException">The key has no hash.</exception>
    public static Value? Get(Value map, Value key)
    {
        if (map is DictValue dict)
            return dict.Items.Get(key);
        if (key is StringValue text)
            return ((MapValue)map)[text.Text];
        RequireHash(key);
        return null;
    }

    /// <summary>utils.limit_iterable: a collection that is too long fails, one of unknown length fails when it gets too long.</summary>
    public static Value Limited(Evaluator evaluator, Value value)
    {
        if (value is not (ListValue or MutableListValue or SetValue or ViewValue { Kind: not ViewKind.Values }))
            return new IteratorValue(evaluator, Counted(evaluator, value));
        LimitCount(evaluator, value);
        return value;
    }

    public static void LimitCount(Evaluator evaluator, Value value)
    {
        if (evaluator.Limits.Iterators is >= 0 and var most && Count(value) > most)
            throw TooLarge(most);
    }

    public static IEnumerable<Value> Counted(Evaluator evaluator, Value value)
    {
        var count = 0;
        foreach (var item in Items(value))
        {
            if (evaluator.Limits.Iterators is >= 0 and var most && count++ >= most)
                throw TooLarge(most);
            yield return item;
        }
    }

    /// <summary>Python's <c>item in collection</c>.</summary>
    public static bool Contains(Evaluator evaluator, Value collection, Value item)
    {
        switch (collection)
        {
            case SetValue set:
                return set.Items.Contains(item);
            case ViewValue { Kind: ViewKind.Keys } keys:
                return Get(keys.Map, item) is not null;
            case ViewValue { Kind: ViewKind.Items } items:
                return ContainsEntry(evaluator, items, item);
        }

        var equality = new PythonKeys(evaluator);
        foreach (var other in Items(collection))
        {
            evaluator.Enter();
            if (equality.Equals(item, other))
                return true;
        }

        return false;
    }

    public static bool IsSubset(Value left, Value right)
    {
        foreach (var item in Items(left))
        {
            if (right is SetValue set ? !set.Items.Contains(item) : right is ViewValue view && !ViewContains(view, item))
                return false;
        }

        return true;
    }

    private static bool ViewContains(ViewValue view, Value item) => view.Kind == ViewKind.Keys
        ? Get(view.Map, item) is not null
        : item is ListValue { Items: [var key, var value] } && Get(view.Map, key) is { } found && PythonEquality.Comparer.Equals(found, value);

    private static bool ContainsEntry(Evaluator evaluator, ViewValue view, Value item)
    {
        if (view.Map is DictValue { Frozen: false } && item is not ListValue { Items.Length: 2 })
            return false;
        Value[] pair = [.. Items(item).Take(3)];
        if (pair.Length != 2)
            throw YaqlException.Value("not enough or too many values to unpack (expected 2)");
        return Get(view.Map, pair[0]) is { } found && new PythonKeys(evaluator).Equals(found, pair[1]);
    }

    private static void RequireHash(Value key)
    {
        if (key is not (IntegerValue or BooleanValue or NullValue or FloatValue))
            _ = new PythonKeys(new Evaluator(YaqlLimits.Default)).GetHashCode(key);
    }

    private static IEnumerable<KeyValuePair<Value, Value>> StringEntries(MapValue map)
    {
        foreach (var (key, value) in map.Entries)
            yield return new(key, value);
    }

    private static IEnumerable<Value> View(ViewValue view)
    {
        foreach (var (key, value) in Entries(view.Map))
        {
            yield return view.Kind switch
            {
                ViewKind.Keys => key,
                ViewKind.Values => value,
                _ => new ListValue([key, value]),
            };
        }
    }

    private static YaqlException TooLarge(int most) => new($"Collection length exceeds {most} elements");
}
