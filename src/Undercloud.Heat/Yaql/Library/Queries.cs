using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/queries.py: functions from one sequence to another.</summary>
internal static class Queries
{
    private static readonly FunctionSpec s_where = FunctionSpec.Of("M where(collection:iterable, predicate:lambda)",
        call => call.Iterator(call.Items(0).Where(item => Truth.IsTrue(call.Lambda(1).Invoke(item)))));

    private static readonly FunctionSpec s_select = FunctionSpec.Of("M select(collection:iterable, selector:lambda)",
        call => call.Iterator(call.Items(0).Select(item => call.Lambda(1).Invoke(item))));

    private static readonly FunctionSpec s_limit = FunctionSpec.Of("M limit(collection:iterable, count:int)",
        call => call.Iterator(Take(call.Items(0), Count(call, 1))));

    public static FunctionSpec[] All { get; } =
    [
        s_where,
        s_where.As("filter"),
        s_select,
        s_select.As("map"),
        s_limit,
        s_limit.As("take"),
        FunctionSpec.Of("F #operator_.(collection:iterable, attribute:keyword)", call => call.Iterator(call.Items(0).Select(item => call.Delegate("#operator_.", item, call[1])))),
        FunctionSpec.Of("M skip(collection:iterable, count:int)", call => call.Iterator(Skip(call.Items(0), Count(call, 1)))),
        FunctionSpec.Of("FM append(collection:iterable, *args:any?)", call => call.Iterator(call.Items(0).Concat(call.Rest))),
        FunctionSpec.Of("FM distinct(collection:iterable, keySelector:lambda=null)", call => call.Iterator(Distinct(call.Evaluator, call.Items(0), call.LambdaOrNull(1)))),
        FunctionSpec.Of("FM enumerate(collection:iterable, start:int?=0)", call => call.Iterator(Enumerate(call))),
        FunctionSpec.Of("FM concat(*collections:iterable)", call => call.Iterator(call.Rest.SelectMany(Collections.Items))),
        FunctionSpec.Of("M memorize(collection:iterable)", call => call[0] is IteratorValue iterator ? new MemorizingIterator(call.Evaluator, iterator) : call[0]),
        FunctionSpec.Of("M selectMany(collection:iterable, selector:lambda)", call => call.Iterator(SelectMany(call))),
        FunctionSpec.Of("M orderBy(collection:iterable, selector:lambda)", call => Order(call, ascending: true)),
        FunctionSpec.Of("M orderByDescending(collection:iterable, selector:lambda)", call => Order(call, ascending: false)),
        FunctionSpec.Of("M thenBy(collection:ordering, selector:lambda)", call => ThenBy(call, ascending: true)),
        FunctionSpec.Of("M thenByDescending(collection:ordering, selector:lambda)", call => ThenBy(call, ascending: false)),
        FunctionSpec.Of("M groupBy(collection:iterable, keySelector:lambda, valueSelector:lambda=null, aggregator:lambda=null)", GroupBy),
        FunctionSpec.Of("M zip(*collections:iterable)", call => call.Iterator(Zip(call))),
        FunctionSpec.Of("M zipLongest(*collections:iterable, **kwargs:any?)", ZipLongest),
        FunctionSpec.Of("M join(collection1:iterable, collection2:iterable, predicate:lambda, selector:lambda)", call => call.Iterator(Join(call))),
        FunctionSpec.Of("M cycle(collection:iterable)", call => call.Iterator(Cycle(call.Items(0)))),
        FunctionSpec.Of("M takeWhile(collection:iterable, predicate:lambda)", call => call.Iterator(call.Items(0).TakeWhile(item => Truth.IsTrue(call.Lambda(1).Invoke(item))))),
        FunctionSpec.Of("M skipWhile(collection:iterable, predicate:lambda)", call => call.Iterator(call.Items(0).SkipWhile(item => Truth.IsTrue(call.Lambda(1).Invoke(item))))),
        FunctionSpec.Of("M reverse(collection:iterable)", call => call.Iterator(ListFunctions.ToTuple(call, call[0]).Items.Reverse())),
        FunctionSpec.Of("M defaultIfEmpty(collection:iterable, default:iterable)", DefaultIfEmpty),
        FunctionSpec.Of("F isIterable(value:any?)", call => Collections.IsIterable(call[0])),
    ];

    public static IEnumerable<Value> Distinct(Evaluator evaluator, IEnumerable<Value> items, Closure? selector)
    {
        var seen = new HashTable(evaluator);
        foreach (var item in items)
        {
            if (!seen.Add(selector?.Invoke(item) ?? item))
                continue;
            evaluator.LimitBytes(SizeOf.Set(seen.Count));
            yield return item;
        }
    }

    // itertools.islice validates its arguments at once.
    private static BigInteger Count(Call call, int index) =>
        call.Integer(index) is { Sign: >= 0 } count && count <= long.MaxValue ? count : throw YaqlException.Value("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");

    private static IEnumerable<Value> Take(IEnumerable<Value> items, BigInteger count)
    {
        using var enumerator = items.GetEnumerator();
        for (BigInteger i = 0; i < count && enumerator.MoveNext(); i++)
            yield return enumerator.Current;
    }

    private static IEnumerable<Value> Skip(IEnumerable<Value> items, BigInteger count)
    {
        BigInteger i = 0;
        foreach (var item in items)
        {
            if (i++ >= count)
                yield return item;
        }
    }

    private static IEnumerable<Value> Enumerate(Call call)
    {
        if (!Numbers.IsWhole(call[1]))
            throw YaqlException.Type("'NoneType' object cannot be interpreted as an integer");
        var place = call.Integer(1);
        foreach (var item in call.Items(0))
            yield return new MutableListValue([Numbers.Of(place++), item]);
    }

    private static IEnumerable<Value> SelectMany(Call call)
    {
        foreach (var item in call.Items(0))
        {
            var inner = call.Lambda(1).Invoke(item);
            if (!Collections.IsIterable(inner))
            {
                yield return inner;
                continue;
            }

            foreach (var one in Collections.Items(inner))
                yield return one;
        }
    }

    private static OrderingValue Order(Call call, bool ascending)
    {
        var ordering = new Ordering(call, call[0]);
        ordering.Append(call.Lambda(1), ascending);
        return new(ordering);
    }

    private static Value ThenBy(Call call, bool ascending)
    {
        ((OrderingValue)call[0]).Ordering.Append(call.Lambda(1), ascending);
        return call[0];
    }

    private static Value GroupBy(Call call)
    {
        var places = new HashTable(call.Evaluator);
        var groups = new List<(Value Key, List<Value> Items)>();
        foreach (var item in call.Items(0))
        {
            var value = call.LambdaOrNull(2)?.Invoke(item) ?? item;
            var key = call.Lambda(1).Invoke(item);
            if (places.Get(key) is not { } place)
            {
                places.Set(key, place = groups.Count);
                groups.Add((key, []));
                call.Evaluator.LimitBytes(SizeOf.Dict(groups.Count));
            }

            groups[(int)Numbers.Whole(place)].Items.Add(value);
        }

        var aggregator = call.LambdaOrNull(3) is { } lambda ? new GroupAggregator(call.Evaluator, lambda) : null;
        return call.Iterator(groups.Select(group =>
        {
            var pair = new ListValue([group.Key, new MutableListValue([.. group.Items])]);
            return aggregator?.Apply(pair) ?? pair;
        }));
    }

    private static IEnumerable<Value> Zip(Call call)
    {
        var sources = call.Rest.Select(collection => Collections.Items(collection).GetEnumerator()).ToArray();
        while (sources.Length > 0)
        {
            var items = new Value[sources.Length];
            for (var i = 0; i < sources.Length; i++)
            {
                if (!sources[i].MoveNext())
                    yield break;
                items[i] = sources[i].Current;
            }

            yield return new ListValue([.. items]);
        }
    }

    private static Value ZipLongest(Call call)
    {
        if (call.Named.Any(pair => pair.Key != "default"))
            return call.Iterator(ZipLongest(call.Rest.Select(Collections.Items), Value.Null));
        return call.Iterator(ZipLongest(call.Rest.Select(Collections.Items), call.Named.Select(pair => pair.Value).FirstOrDefault() ?? Value.Null));
    }

    private static IEnumerable<Value> ZipLongest(IEnumerable<IEnumerable<Value>> collections, Value missing)
    {
        IEnumerator<Value>?[] sources = [.. collections.Select(collection => collection.GetEnumerator())];
        while (true)
        {
            var items = new Value[sources.Length];
            for (var i = 0; i < sources.Length; i++)
            {
                if (sources[i] is { } source && source.MoveNext())
                    items[i] = source.Current;
                else
                    (sources[i], items[i]) = (null, missing);
            }

            if (Array.TrueForAll(sources, source => source is null))
                yield break;
            yield return new ListValue([.. items]);
        }
    }

    private static IEnumerable<Value> Join(Call call)
    {
        var second = call[1] is IteratorValue iterator ? new MemorizingIterator(call.Evaluator, iterator) : call[1];
        foreach (var left in call.Items(0))
        {
            foreach (var right in Collections.Items(second))
            {
                if (Truth.IsTrue(call.Lambda(2).Invoke(left, right)))
                    yield return call.Lambda(3).Invoke(left, right);
            }
        }
    }

    private static IEnumerable<Value> Cycle(IEnumerable<Value> items)
    {
        var seen = new List<Value>();
        foreach (var item in items)
        {
            seen.Add(item);
            yield return item;
        }

        while (seen.Count > 0)
        {
            foreach (var item in seen)
                yield return item;
        }
    }

    private static Value DefaultIfEmpty(Call call)
    {
        if (Collections.IsSequence(call[0]) || Collections.IsSet(call[0]))
            return Collections.Count(call[0]) == 0 ? call[1] : call[0];
        var collection = call[0] is IteratorValue iterator ? new MemorizingIterator(call.Evaluator, iterator) : call[0];
        return Collections.Items(collection).Any() ? collection : call[1];
    }
}
