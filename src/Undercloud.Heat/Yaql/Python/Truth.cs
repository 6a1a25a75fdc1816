using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's bool().</summary>
internal static class Truth
{
    public static bool IsTrue(Value value) => value switch
    {
        MutableListValue list => !list.Items.IsEmpty,
        SetValue set => set.Items.Count > 0,
        DictValue dict => dict.Items.Count > 0,
        ViewValue view => Collections.Count(view.Map) > 0,
        TimeSpanValue span => span.Microseconds != 0,
        RuntimeValue => true,
        _ => !PythonTruth.IsFalse(value),
    };
}
