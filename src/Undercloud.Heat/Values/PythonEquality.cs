using System.Numerics;

namespace Undercloud.Heat.Values;

/// <summary>Python's <c>==</c>: <c>True == 1 == 1.0</c>, within lists and maps too.</summary>
public sealed class PythonEquality : IEqualityComparer<Value>
{
    private PythonEquality()
    {
    }

    public static PythonEquality Comparer { get; } = new();

    public bool Equals(Value? left, Value? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return (left, right) switch
        {
            (StringValue l, StringValue r) => string.Equals(l.Text, r.Text, StringComparison.Ordinal),
            (ListValue l, ListValue r) => SameItems(l, r),
            (MapValue l, MapValue r) => SameEntries(l, r),
            (NullValue, NullValue) => true,
            (not null, not null) => SameNumbers(left, right),
            _ => false,
        };
    }

    public int GetHashCode(Value value) => value switch
    {
        StringValue text => text.Text.GetHashCode(StringComparison.Ordinal),
        ListValue list => list.Items.Aggregate(list.Items.Length, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        MapValue map => map.Entries.Aggregate(map.Count, (hash, entry) => hash ^ HashCode.Combine(entry.Key, GetHashCode(entry.Value))),
        FloatValue { Number: var number } when number != Math.Floor(number) || double.IsInfinity(number) => number.GetHashCode(),
        _ => Whole(value)?.GetHashCode() ?? 0,
    };

    private bool SameItems(ListValue left, ListValue right)
    {
        if (left.Items.Length != right.Items.Length)
            return false;
        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!Equals(left.Items[i], right.Items[i]))
                return false;
        }

        return true;
    }

    private bool SameEntries(MapValue left, MapValue right)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (key, value) in left.Entries)
        {
            if (!right.TryGet(key, out var other) || !Equals(value, other))
                return false;
        }

        return true;
    }

    private static bool SameNumbers(Value left, Value right)
    {
        if (Whole(left) is { } l && Whole(right) is { } r)
            return l == r;
        return left is FloatValue a && right is FloatValue b && a.Number == b.Number;
    }

    // A boolean, an integer or a float without fraction as one kind of number.
    private static BigInteger? Whole(Value value) => value switch
    {
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        IntegerValue integer => integer.Number,
        FloatValue { Number: var number } when double.IsFinite(number) && number == Math.Floor(number) => new BigInteger(number),
        _ => null,
    };
}
