using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/queries.py: functions that split a sequence into parts.</summary>
internal static class Slices
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("M slice(collection:iterable, length:int)", call => call.Iterator(Slice(call))),
        FunctionSpec.Of("M splitWhere(collection:iterable, predicate:lambda)", call => call.Iterator(SplitWhere(call))),
        FunctionSpec.Of("M sliceWhere(collection:iterable, predicate:lambda)", call => call.Iterator(SliceWhere(call))),
        FunctionSpec.Of("M splitAt(collection:iterable, index:int)", SplitAt),
    ];

    private static IEnumerable<Value> Slice(Call call)
    {
        if (call.Integer(1).Sign < 0)
            throw YaqlException.Value("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        using var items = call.Items(0).GetEnumerator();
        while (true)
        {
            var part = new List<Value>();
            while (part.Count < call.Integer(1) && items.MoveNext())
                part.Add(items.Current);
            if (part.Count == 0)
                yield break;
            yield return call.Tuple(part);
        }
    }

    private static IEnumerable<Value> SplitWhere(Call call)
    {
        var list = ListFunctions.ToTuple(call, call[0]).Items;
        var start = 0;
        for (var end = 0; end < list.Length; end++)
        {
            if (!Truth.IsTrue(call.Lambda(1).Invoke(list[end])))
                continue;
            yield return call.Tuple(list[start..end]);
            start = end + 1;
        }

        if (start != list.Length)
            yield return call.Tuple(list[start..]);
    }

    private static IEnumerable<Value> SliceWhere(Call call)
    {
        var equality = new PythonKeys(call.Evaluator);
        var list = ListFunctions.ToTuple(call, call[0]).Items;
        var start = 0;
        Value? before = null;
        for (var end = 0; end < list.Length; end++)
        {
            var now = call.Lambda(1).Invoke(list[end]);
            if (before is not null && !equality.Equals(now, before))
            {
                yield return call.Tuple(list[start..end]);
                start = end;
            }

            before = now;
        }

        if (start != list.Length)
            yield return call.Tuple(list[start..]);
    }

    private static Value SplitAt(Call call)
    {
        var list = ListFunctions.ToTuple(call, call[0]).Items;
        var index = call.Index(1);
        index = int.Clamp(index < 0 ? index + list.Length : index, 0, list.Length);
        return call.List([call.Tuple(list[..index]), call.Tuple(list[index..])]);
    }
}
