namespace Undercloud.Heat.Values;

/// <summary>Python's order of strings: by code point, which differs from UTF-16 order beyond the basic plane.</summary>
public static class CodePointOrder
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    public static int Compare(string left, string right)
    {
        var shorter = int.Min(left.Length, right.Length);
        for (var i = 0; i < shorter; i++)
        {
            var (l, r) = (left[i], right[i]);
            if (l != r)
                return char.IsSurrogate(l) == char.IsSurrogate(r) ? l - r : char.IsSurrogate(l) ? 1 : -1;
        }

        return left.Length - right.Length;
    }
}
