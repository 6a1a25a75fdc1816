using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/common.py and boolean.py, and the orders of numbers, strings, times and sets.</summary>
internal static class Comparisons
{
    private static readonly (string Symbol, Func<int, bool> Holds)[] s_orders =
        [("<", order => order < 0), ("<=", order => order <= 0), (">", order => order > 0), (">=", order => order >= 0)];

    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F *equal(left:any?, right:any?)", call => Same(call)),
        FunctionSpec.Of("F *not_equal(left:any?, right:any?)", call => !Same(call)),
        FunctionSpec.Of("F #operator_and(left:lambda, right:lambda)", call => call.Lambda(0).Invoke() is var left && Truth.IsTrue(left) ? call.Lambda(1).Invoke() : left),
        FunctionSpec.Of("F #operator_or(left:lambda, right:lambda)", call => call.Lambda(0).Invoke() is var left && Truth.IsTrue(left) ? left : call.Lambda(1).Invoke()),
        FunctionSpec.Of("F #unary_operator_not(arg:any?)", call => !Truth.IsTrue(call[0])),
        FunctionSpec.Of("F bool(value:any?)", call => Truth.IsTrue(call[0])),
        FunctionSpec.Of("F isBoolean(value:any?)", call => call[0] is BooleanValue),
        .. s_orders.SelectMany(order => Orders(order.Symbol, order.Holds)),
    ];

    private static IEnumerable<FunctionSpec> Orders(string symbol, Func<int, bool> holds)
    {
        var name = "#operator_" + symbol;
        yield return FunctionSpec.Of($"F {name}(left:any, right:null?)", _ => holds(1));
        yield return FunctionSpec.Of($"F {name}(left:null?, right:any)", _ => holds(-1));
        yield return FunctionSpec.Of($"F {name}(left:null?, right:null?)", _ => holds(0));
        yield return FunctionSpec.Of($"F {name}(left:number, right:number)", call => Numbers.Compare(call[0], call[1]) is { } order && holds(order));
        yield return FunctionSpec.Of($"F {name}(left:str, right:str)", call => holds(CodePointOrder.Compare(call.Text(0), call.Text(1))));
        yield return FunctionSpec.Of($"F {name}(dt1:datetime, dt2:datetime)", call => holds(((DateTimeValue)call[0]).UtcTicks.CompareTo(((DateTimeValue)call[1]).UtcTicks)));
        yield return FunctionSpec.Of($"F {name}(ts1:timespan, ts2:timespan)", call => holds(((TimeSpanValue)call[0]).Microseconds.CompareTo(((TimeSpanValue)call[1]).Microseconds)));
        yield return FunctionSpec.Of($"F {name}(left:set, right:set)", call => SetOrder(symbol, call[0], call[1]));
    }

    // Sets are ordered by what they contain: "less" is a proper subset.
    private static bool SetOrder(string symbol, Value left, Value right)
    {
        if (symbol[0] == '>')
            (left, right) = (right, left);
        var (l, r) = (Collections.Count(left), Collections.Count(right));
        return (symbol.Length == 2 ? l <= r : l < r) && Collections.IsSubset(left, right);
    }

    private static bool Same(Call call) => new PythonKeys(call.Evaluator).Equals(call[0], call[1]);
}
