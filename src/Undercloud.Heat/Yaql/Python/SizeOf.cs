using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>sys.getsizeof() of CPython 3.11 on 64 bits, the measure of yaql.memoryQuota. Collections count without their items.</summary>
internal static class SizeOf
{
    public static long Value(Value value) => value switch
    {
        StringValue text => Text(text.Text),
        ListValue list => 40 + (8L * list.Items.Length),
        MutableListValue list => List(list.Items.Length),
        IntegerValue integer => 24 + (4 * ((integer.Number.GetBitLength() + 29) / 30)),
        DictValue { Frozen: false } dict => Dict(dict.Items.Count),
        SetValue set => Set(set.Items.Count),
        _ => 48,
    };

    public static long List(int count) => 56 + (8L * count);

    public static long Text(string text)
    {
        var span = text.AsSpan();
        if (span.IndexOfAnyExceptInRange('\0', '\u007f') < 0)
            return 49L + text.Length;
        if (span.IndexOfAnyExceptInRange('\0', '\u00ff') < 0)
            return 73L + text.Length;
        return CodePoints.AreUnits(span) ? 74 + (2L * text.Length) : 76 + (4L * CodePoints.Count(span));
    }

    // The table doubles when it is two thirds full.
    public static long Dict(int count)
    {
        if (count == 0)
            return 64;
        var slots = 8L;
        while (slots * 2 / 3 < count)
            slots *= 2;
        return 104 + (slots * (slots <= 256 ? 1 : slots <= 65536 ? 2 : 4)) + (24 * (slots * 2 / 3));
    }

    public static long Set(int count)
    {
        if (count < 5)
            return 216;
        var slots = 8L;
        while (slots * 3 / 5 <= count)
            slots *= slots < 50000 ? 4 : 2;
        return 200 + (16 * slots);
    }
}
