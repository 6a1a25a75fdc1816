using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>The sets of yaql/standard_library/collections.py. The views of a map compare as sets but have no methods of sets.</summary>
internal static class SetFunctions
{
    private static readonly FunctionSpec s_difference = FunctionSpec.Of("M difference(left:set, right:set)", call => Difference(call, call[1]));

    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F set(*args:any?)", call => call.Evaluator.CallValues("toSet", call.Iterator(ListFunctions.Inner(call.Rest)), [], call.Context)),
        FunctionSpec.Of("M toSet(collection:iterable)", call => Of(call, call.Items(0))),
        FunctionSpec.Of("F isSet(arg:any?)", call => Collections.IsSet(call[0])),
        FunctionSpec.Of("FM len(set:set)", call => Collections.Count(call[0])),
        FunctionSpec.Of("M union(left:set, right:set)", call => Union(call, Own(call, 0), call[1])),
        FunctionSpec.Of("M intersect(left:set, right:set)", Intersect),
        s_difference,
        s_difference.As("#operator_-", "F"),
        FunctionSpec.Of("M symmetricDifference(left:set, right:set)", SymmetricDifference),
        FunctionSpec.Of("M add(set:set, *values:any?)", call => Union(call, Own(call, 0), Of(call, call.Rest))),
        FunctionSpec.Of("M remove(set:set, *values:any?)", call => Difference(call, Of(call, call.Rest))),
    ];

    public static SetValue Of(Call call, IEnumerable<Value> items)
    {
        var table = new HashTable(call.Evaluator);
        foreach (var item in items)
        {
            table.Add(item);
            if ((table.Count & 1023) == 0)
                call.Evaluator.Produce(1024 * 48);
        }

        call.Evaluator.Produce((table.Count & 1023) * 48);
        return new(table);
    }

    public static Value Union(Call call, SetValue left, Value right) => Of(call, left.Items.Keys.Concat(Collections.Items(right)));

    private static SetValue Own(Call call, int index) =>
        call[index] as SetValue ?? throw new YaqlException($"AttributeError: '{Messages.TypeName(call[index])}' object has no method of sets");

    private static SetValue Intersect(Call call)
    {
        var left = Own(call, 0);
        return Of(call, call.Items(1).Where(left.Items.Contains));
    }

    private static Value Difference(Call call, Value right)
    {
        var left = Own(call, 0);
        var gone = Of(call, Collections.Items(right));
        return new SetValue(left.Items.Without(call.Evaluator, gone.Items.Contains));
    }

    private static SetValue SymmetricDifference(Call call)
    {
        var (left, right) = (Own(call, 0), Of(call, call.Items(1)));
        return Of(call, left.Items.Keys.Where(item => !right.Items.Contains(item)).Concat(right.Items.Keys.Where(item => !left.Items.Contains(item))));
    }
}
