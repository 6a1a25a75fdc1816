using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>A collection with its sort fields; it is sorted, stably, at its first iteration.</summary>
internal sealed class Ordering(Call call, Value collection)
{
    private readonly List<(Closure Selector, bool Ascending)> _fields = [];
    private Value[]? _sorted;

    public IEnumerable<Value> Sorted => _sorted ??= Sort();

    public void Append(Closure selector, bool ascending) => _fields.Add((selector, ascending));

    private Value[] Sort()
    {
        Value[] items = [.. Collections.Items(collection)];
        var keys = new Value?[items.Length][];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new Value?[_fields.Count];
        var order = Enumerable.Range(0, items.Length).ToArray();
        MergeSort(order, new int[order.Length], 0, order.Length, items, keys);
        return [.. order.Select(place => items[place])];
    }

    private void MergeSort(int[] order, int[] spare, int from, int to, Value[] items, Value?[][] keys)
    {
        if (to - from < 2)
            return;
        var middle = (from + to) / 2;
        MergeSort(order, spare, from, middle, items, keys);
        MergeSort(order, spare, middle, to, items, keys);
        var (left, right) = (from, middle);
        for (var at = from; at < to; at++)
        {
            var takeRight = left == middle || (right < to && Compare(order[right], order[left], items, keys) < 0);
            spare[at] = order[takeRight ? right++ : left++];
        }

        Array.Copy(spare, from, order, from, to - from);
    }

    private int Compare(int left, int right, Value[] items, Value?[][] keys)
    {
        for (var field = 0; field < _fields.Count; field++)
        {
            var (selector, ascending) = _fields[field];
            var a = keys[left][field] ??= selector.Invoke(items[left]);
            var b = keys[right][field] ??= selector.Invoke(items[right]);
            var order = Truth.IsTrue(call.Delegate("#operator_<", a, b)) ? -1 : Truth.IsTrue(call.Delegate("#operator_>", a, b)) ? 1 : 0;
            if (order != 0)
                return ascending ? order : -order;
        }

        return 0;
    }
}
