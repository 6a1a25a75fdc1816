using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/queries.py: functions from a sequence to one value.</summary>
internal static class Aggregates
{
    private static readonly FunctionSpec s_aggregate = FunctionSpec.Of("M aggregate(collection:iterable, selector:lambda, seed:any?=none)",
        call => Reduce(call.Items(0), call[2], (total, item) => call.Lambda(1).Invoke(total, item)));

    public static FunctionSpec[] All { get; } =
    [
        s_aggregate,
        s_aggregate.As("reduce"),
        FunctionSpec.Of("FM any(collection:iterable, predicate:lambda=null)", call => call.Items(0).Any(item => call.LambdaOrNull(1) is not { } lambda || Truth.IsTrue(lambda.Invoke(item)))),
        FunctionSpec.Of("FM all(collection:iterable, predicate:lambda=null)", call => call.Items(0).All(item => Truth.IsTrue(call.LambdaOrNull(1)?.Invoke(item) ?? item))),
        FunctionSpec.Of("M count(collection:iterable)", ListFunctions.Count),
        FunctionSpec.Of("M sum(collection:iterable, initial:any?=none)", call => Fold(call, "#operator_+")),
        FunctionSpec.Of("M max(collection:iterable, initial:any?=none)", call => Fold(call, "max")),
        FunctionSpec.Of("M min(collection:iterable, initial:any?=none)", call => Fold(call, "min")),
        FunctionSpec.Of("M first(collection:iterable, default:any?=none)", First),
        FunctionSpec.Of("M single(collection:iterable)", Single),
        FunctionSpec.Of("M last(collection:iterable, default:any?=none)", Last),
        FunctionSpec.Of("M indexOf(collection:iterable, item:any?)", call => IndexOf(call, last: false)),
        FunctionSpec.Of("M lastIndexOf(collection:iterable, item:any?)", call => IndexOf(call, last: true)),
        FunctionSpec.Of("M indexWhere(collection:iterable, predicate:lambda)", call => Index(call, item => Truth.IsTrue(call.Lambda(1).Invoke(item)), last: false)),
        FunctionSpec.Of("M lastIndexWhere(collection:iterable, predicate:lambda)", call => Index(call, item => Truth.IsTrue(call.Lambda(1).Invoke(item)), last: true)),
        FunctionSpec.Of("M accumulate(collection:iterable, selector:lambda, seed:any?=none)", call => call.Iterator(Accumulate(call))),
    ];

    private static Value Fold(Call call, string name) => Reduce(call.Items(0), call[1], (total, item) => call.Delegate(name, total, item));

    private static Value Reduce(IEnumerable<Value> items, Value seed, Func<Value, Value, Value> combine)
    {
        var total = seed is NoValue ? null : seed;
        foreach (var item in items)
            total = total is null ? item : combine(total, item);
        return total ?? throw YaqlException.Type("reduce() of empty iterable with no initial value");
    }

    private static Value First(Call call)
    {
        foreach (var item in call.Items(0))
            return item;
        return call.IsGiven(1) ? call[1] : throw YaqlException.StopIteration;
    }

    private static Value Single(Call call)
    {
        Value[] items = [.. call.Items(0).Take(2)];
        return items.Length switch
        {
            0 => throw YaqlException.StopIteration,
            1 => items[0],
            _ => throw new YaqlException("StopIteration: Collection contains more than one item"),
        };
    }

    private static Value Last(Call call)
    {
        if (call[0] is ListValue list && !list.Items.IsEmpty)
            return list.Items[^1];
        var last = call[1];
        foreach (var item in call.Items(0))
            last = item;
        return last is NoValue ? throw YaqlException.StopIteration : last;
    }

    private static Value IndexOf(Call call, bool last)
    {
        var equality = new PythonKeys(call.Evaluator);
        return Index(call, item => equality.Equals(item, call[1]), last);
    }

    private static Value Index(Call call, Func<Value, bool> wanted, bool last)
    {
        var (index, found) = (0, -1);
        foreach (var item in call.Items(0))
        {
            if (wanted(item))
            {
                if (!last)
                    return index;
                found = index;
            }

            index++;
        }

        return found;
    }

    private static IEnumerable<Value> Accumulate(Call call)
    {
        var total = call.IsGiven(2) ? call[2] : null;
        if (total is not null)
            yield return total;
        foreach (var item in call.Items(0))
        {
            total = total is null ? item : call.Lambda(1).Invoke(total, item);
            yield return total;
        }

        if (total is null)
            throw YaqlException.Type("accumulate() of empty sequence with no initial value");
    }
}
