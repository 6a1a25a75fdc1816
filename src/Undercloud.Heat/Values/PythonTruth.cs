namespace Undercloud.Heat.Values;

/// <summary>The values that are false in Python where a condition is expected.</summary>
public static class PythonTruth
{
    public static bool IsFalse(Value value) => value switch
    {
        StringValue text => text.Text.Length == 0,
        BooleanValue boolean => !boolean.Flag,
        IntegerValue integer => integer.Number.IsZero,
        FloatValue number => number.Number == 0,
        ListValue list => list.Items.IsEmpty,
        MapValue map => map.Count == 0,
        _ => true,
    };
}
