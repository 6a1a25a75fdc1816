using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>The maps of yaql/standard_library/collections.py.</summary>
internal static class MapFunctions
{
    private static readonly FunctionSpec s_dict = FunctionSpec.Of("FK dict(*args:rule)", call => WithRules(call, []));

    public static FunctionSpec[] All { get; } =
    [
        s_dict,
        s_dict.As("#map"),
        FunctionSpec.Of("FK dict(items:iterable)", FromPairs),
        FunctionSpec.Of("M toDict(collection:iterable, keySelector:lambda, valueSelector:lambda=null)", ToDict),
        FunctionSpec.Of("F #operator_.(dict:map, key:keyword)", call => Get(call, SystemFunctions.Name(call, 1))),
        FunctionSpec.Of("F #indexer(dict:map, key:any?)", call => Get(call, call[1])),
        FunctionSpec.Of("F #indexer(dict:map, key:any?, default:any?)", call => Collections.Get(call[0], call[1]) ?? call[2]),
        FunctionSpec.Of("M get(dict:map, key:any?, default:any?=null)", call => Collections.Get(call[0], call[1]) ?? call[2]),
        FunctionSpec.Of("MK set(dict:map, key:any?, value:any?)", call => With(call, Collections.Entries(call[0]).Append(new(call[1], call[2])), frozen: true)),
        FunctionSpec.Of("MK set(dict:map, replacements:map)", call => With(call, Collections.Entries(call[0]).Concat(Collections.Entries(call[1])), frozen: true)),
        FunctionSpec.Of("MK set(dict:map, *args:rule)", call => WithRules(call, Collections.Entries(call[0]))),
        FunctionSpec.Of("M keys(dict:map)", call => new ViewValue(call[0], ViewKind.Keys)),
        FunctionSpec.Of("M values(dict:map)", call => new ViewValue(call[0], ViewKind.Values)),
        FunctionSpec.Of("M items(dict:map)", call => new ViewValue(call[0], ViewKind.Items)),
        FunctionSpec.Of("M containsKey(dict:map, key:any?)", call => Collections.Get(call[0], call[1]) is not null),
        FunctionSpec.Of("M containsValue(dict:map, value:any?)", call => Collections.Contains(call.Evaluator, new ViewValue(call[0], ViewKind.Values), call[1])),
        FunctionSpec.Of("F #operator_+(left:map, right:map)", call => With(call, Collections.Entries(call[0]).Concat(Collections.Entries(call[1])), frozen: true)),
        FunctionSpec.Of("F isDict(arg:any?)", call => Collections.IsMap(call[0])),
        FunctionSpec.Of("FM len(dict:map)", call => Collections.Count(call[0])),
        FunctionSpec.Of("M delete(dict:map, *keys:any?)", call => Delete(call, call.Rest)),
        FunctionSpec.Of("M deleteAll(dict:map, keys:iterable)", call => Delete(call, call.Items(1))),
        FunctionSpec.Of("M mergeWith(dict:map, another:map, listMerger:lambda=null, itemMerger:lambda=null, maxLevels:int=0)", MergeWith),
    ];

    public static DictValue With(Call call, IEnumerable<KeyValuePair<Value, Value>> entries, bool frozen)
    {
        var table = new HashTable(call.Evaluator);
        foreach (var (key, value) in entries)
            table.Set(key, value);
        call.Evaluator.Produce(table.Count * 48L);
        return new(table, frozen);
    }

    private static Value Get(Call call, Value key) =>
        Collections.Get(call[0], key) ?? throw new YaqlException($"KeyError: {PythonWriter.Repr(call.Evaluator, key)}");

    private static DictValue WithRules(Call call, IEnumerable<KeyValuePair<Value, Value>> before) =>
        With(call, before.Concat(call.Rest.Cast<RuleValue>().Select(rule => KeyValuePair.Create(rule.Source, rule.Destination))), frozen: true);

    private static DictValue FromPairs(Call call)
    {
        var table = new HashTable(call.Evaluator);
        foreach (var item in call.Items(0))
        {
            Value[] pair = [.. Collections.Items(item).Take(2)];
            if (pair.Length < 2)
                throw YaqlException.StopIteration;
            table.Set(pair[0], pair[1]);
            call.Evaluator.LimitBytes(SizeOf.Dict(table.Count));
        }

        return new(table, Frozen: true);
    }

    private static DictValue ToDict(Call call)
    {
        var table = new HashTable(call.Evaluator);
        foreach (var item in call.Items(0))
        {
            var key = call.Lambda(1).Invoke(item);
            table.Set(key, call.LambdaOrNull(2)?.Invoke(item) ?? item);
            call.Evaluator.LimitBytes(SizeOf.Dict(table.Count));
        }

        return new(table, Frozen: false);
    }

    private static DictValue Delete(Call call, IEnumerable<Value> keys)
    {
        var gone = new HashTable(call.Evaluator);
        foreach (var key in keys)
            gone.Add(key);
        return With(call, Collections.Entries(call[0]).Where(entry => !gone.Contains(entry.Key)), frozen: false);
    }

    private static DictValue MergeWith(Call call)
    {
        var lists = call.LambdaOrNull(2);
        var items = call.LambdaOrNull(3);
        return Merge(call, call[0], call[1], call.Index(4), (left, right) => lists?.Invoke(left, right) ?? MergeLists(call, left, right), items);
    }

    private static ListValue MergeLists(Call call, Value left, Value right)
    {
        if (left.GetType() != right.GetType())
            throw YaqlException.Type($"can only concatenate {Messages.TypeName(left)} (not \"{Messages.TypeName(right)}\") to {Messages.TypeName(left)}");
        return ListFunctions.ToTuple(call, call.Iterator(Queries.Distinct(call.Evaluator, Collections.Items(left).Concat(Collections.Items(right)), null)));
    }

    private static DictValue Merge(Call call, Value first, Value second, int levels, Func<Value, Value, Value> lists, Closure? items)
    {
        call.Evaluator.Enter(cost: 10);
        var result = new HashTable(call.Evaluator);
        foreach (var (key, left) in Collections.Entries(first))
        {
            if (Collections.Get(second, key) is not { } right)
                result.Set(key, left);
            else if (levels != 1 && Collections.IsMap(right))
                result.Set(key, Collections.IsMap(left) ? Merge(call, left, right, levels == 0 ? 0 : levels - 1, lists, items) : throw CannotMerge(left, right));
            else if (levels != 1 && Collections.IsSequence(right))
                result.Set(key, Collections.IsSequence(left) ? lists(left, right) : throw CannotMerge(left, right));
            else
                result.Set(key, items?.Invoke(left, right) ?? right);
        }

        foreach (var (key, right) in Collections.Entries(second))
        {
            if (!result.Contains(key))
                result.Set(key, right);
        }

        call.Evaluator.Produce(result.Count * 48L);
        return new(result, Frozen: false);
    }

    private static YaqlException CannotMerge(Value left, Value right) =>
        YaqlException.Type($"Cannot merge {Messages.TypeName(left)} with {Messages.TypeName(right)}");
}
