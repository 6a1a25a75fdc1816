using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>Pairs the items of two lists: a longest common subsequence.</summary>
internal static class ListAlignment
{
    // The maximum size of the search table; larger lists are paired by position.
    private const long TableLimit = 4_000_000;

    /// <summary>
    /// Every item of both lists once, in an order that follows both: a pair of items, or a single one. Swapping
    /// the lists only swaps the pairs.
    /// </summary>
    /// <param name="before">The keys of the old list's items.</param>
    /// <param name="after">The keys of the new list's items.</param>
    /// <param name="pairRest">Whether remaining items between the same neighbours are paired too, in their order.</param>
    public static IReadOnlyList<(int? Old, int? New)> Of(IReadOnlyList<Value> before, IReadOnlyList<Value> after, bool pairRest)
    {
        var head = 0;
        while (head < before.Count && head < after.Count && before[head].Equals(after[head]))
            head++;
        var tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[before.Count - 1 - tail].Equals(after[after.Count - 1 - tail]))
            tail++;

        var pairs = new List<(int? Old, int? New)>();
        pairs.AddRange(Enumerable.Range(0, head).Select(i => ((int?)i, (int?)i)));
        var (old, @new) = (head, head);
        foreach (var (i, j) in Common(before, after, head, tail).Append((before.Count - tail, after.Count - tail)))
        {
            Between(old, i, @new, j, pairRest, pairs);
            if (i < before.Count - tail)
                pairs.Add((i, j));
            (old, @new) = (i + 1, j + 1);
        }

        pairs.AddRange(Enumerable.Range(0, tail).Select(i => ((int?)(before.Count - tail + i), (int?)(after.Count - tail + i))));
        return pairs;
    }

    private static void Between(int old, int oldEnd, int @new, int newEnd, bool pairRest, List<(int? Old, int? New)> pairs)
    {
        while (pairRest && old < oldEnd && @new < newEnd)
            pairs.Add((old++, @new++));
        while (old < oldEnd)
            pairs.Add((old++, null));
        while (@new < newEnd)
            pairs.Add((null, @new++));
    }

    private static IEnumerable<(int Old, int New)> Common(IReadOnlyList<Value> before, IReadOnlyList<Value> after, int head, int tail)
    {
        var (left, right) = (before.Skip(head).Take(before.Count - head - tail).ToArray(), after.Skip(head).Take(after.Count - head - tail).ToArray());
        if (left.Length == 0 || right.Length == 0 || (long)left.Length * right.Length > TableLimit)
            return [];
        // Several subsequences may have the same length. The choice must not depend on which list is the old one.
        return Compare(left, right) <= 0
            ? Search(left, right).Select(pair => (pair.Left + head, pair.Right + head))
            : Search(right, left).Select(pair => (pair.Right + head, pair.Left + head));
    }

    private static int Compare(Value[] left, Value[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var order = string.CompareOrdinal(CanonicalJson.Write(left[i]), CanonicalJson.Write(right[i]));
            if (order != 0)
                return order;
        }

        return left.Length - right.Length;
    }

    private static List<(int Left, int Right)> Search(Value[] left, Value[] right)
    {
        var numbers = new Dictionary<Value, int>();
        int Number(Value value) => numbers.TryGetValue(value, out var number) ? number : numbers[value] = numbers.Count;
        var (l, r) = (left.Select(Number).ToArray(), right.Select(Number).ToArray());
        var longest = new int[l.Length + 1, r.Length + 1];
        for (var i = l.Length - 1; i >= 0; i--)
        {
            for (var j = r.Length - 1; j >= 0; j--)
                longest[i, j] = l[i] == r[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        var pairs = new List<(int Left, int Right)>();
        for (var (i, j) = (0, 0); i < l.Length && j < r.Length;)
        {
            if (l[i] == r[j])
                pairs.Add((i++, j++));
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        }

        return pairs;
    }
}
