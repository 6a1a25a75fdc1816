using System.Numerics;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's == and hash() over all kinds of values: <c>1 == 1.0 == True</c>, a tuple does not equal a list, a mutable value has no hash.</summary>
internal sealed class PythonKeys(Evaluator evaluator) : IEqualityComparer<Value>
{
    public bool Equals(Value? left, Value? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        switch (left, right)
        {
            case (StringValue l, StringValue r):
                return string.Equals(l.Text, r.Text, StringComparison.Ordinal);
            case (StringValue, _) or (_, StringValue):
                return false;
            case (NullValue, NullValue):
                return true;
            case (ListValue l, ListValue r):
                return SameItems(l.Items.AsSpan(), r.Items.AsSpan());
            case (MutableListValue l, MutableListValue r):
                return SameItems(l.Items.AsSpan(), r.Items.AsSpan());
            case (DateTimeValue l, DateTimeValue r):
                return l.Offset.HasValue == r.Offset.HasValue && l.UtcTicks == r.UtcTicks;
            case (TimeSpanValue l, TimeSpanValue r):
                return l.Microseconds == r.Microseconds;
            case (RegexValue l, RegexValue r):
                return l.Regex.Pattern == r.Regex.Pattern && l.Regex.Flags == r.Regex.Flags;
        }

        if (Collections.IsMap(left!) && Collections.IsMap(right!))
            return SameEntries(left!, right!);
        if (Collections.IsSet(left!) && Collections.IsSet(right!))
            return Collections.Count(left!) == Collections.Count(right!) && Collections.IsSubset(left!, right!);
        return Numbers.IsNumeric(left!) && Numbers.IsNumeric(right!) && Numbers.Compare(left!, right!) == 0;
    }

    public int GetHashCode(Value value)
    {
        switch (value)
        {
            case StringValue text:
                return text.Text.GetHashCode(StringComparison.Ordinal);
            case NullValue:
                return 1;
            case BooleanValue or IntegerValue or FloatValue:
                return Number(value);
            case ListValue list:
                return Sequence(list);
            case DateTimeValue time:
                return time.UtcTicks.GetHashCode();
            case TimeSpanValue span:
                return span.Microseconds.GetHashCode();
            case MapValue or DictValue { Frozen: true }:
                return Map(value);
            case SetValue set:
                return Unordered(set.Items.Keys);
            case RegexValue regex:
                return regex.Regex.Pattern.GetHashCode(StringComparison.Ordinal);
            case MutableListValue or DictValue:
                throw YaqlException.Type($"unhashable type: '{Messages.TypeName(value)}'");
            case ViewValue { Kind: not ViewKind.Values }:
                throw YaqlException.Type($"unhashable type: '{Messages.TypeName(value)}'");
            default:
                return RuntimeHelpers.GetHashCode(value);
        }
    }

    private bool SameItems(ReadOnlySpan<Value> left, ReadOnlySpan<Value> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            evaluator.Enter();
            if (!Equals(left[i], right[i]))
                return false;
        }

        return true;
    }

    private bool SameEntries(Value left, Value right)
    {
        if (Collections.Count(left) != Collections.Count(right))
            return false;
        foreach (var (key, value) in Collections.Entries(left))
        {
            evaluator.Enter();
            if (Collections.Get(right, key) is not { } other || !Equals(value, other))
                return false;
        }

        return true;
    }

    private static int Number(Value value)
    {
        if (value is FloatValue { Number: var number } && (number != Math.Floor(number) || double.IsInfinity(number)))
            return number.GetHashCode();
        return (value is FloatValue whole ? new BigInteger(whole.Number) : Numbers.Whole(value)).GetHashCode();
    }

    private int Sequence(ListValue list)
    {
        var hash = list.Items.Length;
        foreach (var item in list.Items)
        {
            evaluator.Enter();
            hash = HashCode.Combine(hash, GetHashCode(item));
        }

        return hash;
    }

    private int Map(Value map)
    {
        var hash = Collections.Count(map);
        foreach (var (key, value) in Collections.Entries(map))
        {
            evaluator.Enter();
            hash ^= HashCode.Combine(GetHashCode(key), GetHashCode(value));
        }

        return hash;
    }

    private int Unordered(IEnumerable<Value> items)
    {
        var hash = 0;
        foreach (var item in items)
            hash ^= GetHashCode(item);
        return hash;
    }
}
