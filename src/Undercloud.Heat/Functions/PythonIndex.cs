using System.Numerics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>Python's indices: negative ones count from the end, and True is 1.</summary>
internal static class PythonIndex
{
    /// <summary>The position in a sequence of the given length; null when it is outside or the key is no index.</summary>
    public static int? Of(Value key, int length)
    {
        BigInteger? number = key switch
        {
            IntegerValue integer => integer.Number,
            BooleanValue boolean => boolean.Flag ? 1 : 0,
            _ => null,
        };
        if (number is not { } index)
            return null;
        index += index < 0 ? length : 0;
        return index >= 0 && index < length ? (int)index : null;
    }
}
