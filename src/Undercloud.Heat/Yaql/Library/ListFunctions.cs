using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>The lists of yaql/standard_library/collections.py.</summary>
internal static class ListFunctions
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F list(*args:any?)", call => ToTuple(call, call.Iterator(Inner(call.Rest)))),
        FunctionSpec.Of("F #list(*args:any?)", call => call.Tuple(call.Rest)),
        FunctionSpec.Of("M toList(collection:iterable)", call => call[0] is ListValue ? call[0] : call.Tuple(call.Items(0))),
        FunctionSpec.Of("M flatten(collection:iterable)", call => call.Iterator(Flatten(call.Evaluator, call.Items(0)))),
        FunctionSpec.Of("F #indexer(list:sequence, index:int)", Index),
        FunctionSpec.Of("F #operator_in(value:any?, collection:iterable)", call => Collections.Contains(call.Evaluator, call[1], call[0])),
        FunctionSpec.Of("M contains(collection:iterable, value:any?)", call => Collections.Contains(call.Evaluator, call[0], call[1])),
        FunctionSpec.Of("F #operator_+(left:iterable, right:iterable)", Combine),
        FunctionSpec.Of("F #operator_*(left:sequence, right:int)", call => Repeat(call, 0, 1)),
        FunctionSpec.Of("F #operator_*(left:int, right:sequence)", call => Repeat(call, 1, 0)),
        FunctionSpec.Of("F isList(arg:any?)", call => Collections.IsSequence(call[0])),
        FunctionSpec.Of("FM len(sequence:sequence)", call => Collections.Count(call[0])),
        FunctionSpec.Of("FM len(collection:iterator)", Count),
        FunctionSpec.Of("M delete(collection:iterable, position:int, count:int=1)", call => call.Iterator(Delete(call))),
        FunctionSpec.Of("M replace(collection:iterable, position:int, value:any?, count:int=1)", call => call.Iterator(Replace(call, () => [call[2]]))),
        FunctionSpec.Of("M replaceMany(collection:iterable, position:int, values:iterable, count:int=1)", call => call.Iterator(Replace(call, () => call.Items(2)))),
        FunctionSpec.Of("M insert(collection:insertable, position:int, value:any?)", call => call.Iterator(Insert(call))),
        FunctionSpec.Of("M insert(collection:sequence, position:int, value:any?)", InsertIntoList),
        FunctionSpec.Of("M insertMany(collection:iterable, position:int, values:iterable)", call => call.Iterator(InsertMany(call))),
    ];

    /// <summary>The arguments of list() and set(): an iterator among them counts as its items.</summary>
    public static IEnumerable<Value> Inner(IEnumerable<Value> items)
    {
        foreach (var item in items)
        {
            if (item is IteratorValue iterator)
            {
                foreach (var inner in Inner(Collections.Items(iterator)))
                    yield return inner;
            }
            else
            {
                yield return item;
            }
        }
    }

    /// <summary>The delegate <c>to_list</c> of other functions.</summary>
    public static ListValue ToTuple(Call call, Value collection) =>
        call.Evaluator.CallValues("toList", collection, [], call.Context) as ListValue ?? throw YaqlException.Type("toList() gave no list");

    public static Value Count(Call call)
    {
        var count = 0;
        foreach (var _ in call.Items(0))
            count++;
        return count;
    }

    private static IEnumerable<Value> Flatten(Evaluator evaluator, IEnumerable<Value> items)
    {
        foreach (var item in items)
        {
            if (!Collections.IsIterable(item))
            {
                yield return item;
                continue;
            }

            var inner = new IteratorValue(evaluator, Flatten(evaluator, Collections.Items(item)));
            while (inner.TryNext(out var one))
                yield return one;
        }
    }

    private static Value Index(Call call)
    {
        var items = call[0] is ListValue list ? list.Items : ((MutableListValue)call[0]).Items;
        var index = call.Index(1);
        index = index < 0 ? index + items.Length : index;
        return index >= 0 && index < items.Length ? items[index] : throw new YaqlException($"IndexError: {Messages.TypeName(call[0])} index out of range", ErrorKind.Index);
    }

    private static Value Combine(Call call)
    {
        switch (call[0], call[1])
        {
            case (ListValue left, ListValue right):
                call.Evaluator.LimitBytes(80 + (8L * (left.Items.Length + right.Items.Length)));
                return call.Tuple(left.Items.AddRange(right.Items));
            case (SetValue left, SetValue right):
                return SetFunctions.Union(call, left, right);
            default:
                return call.Iterator(call.Items(0).Concat(call.Items(1)));
        }
    }

    private static Value Repeat(Call call, int list, int count)
    {
        var times = call.Integer(count);
        var length = Collections.Count(call[list]);
        StringFunctions.LimitRepetition(call, times, SizeOf.List(0), SizeOf.Value(call[list]));
        call.Evaluator.Forecast((double)times * length * 8);
        var items = Enumerable.Range(0, times.Sign <= 0 || length == 0 ? 0 : (int)times).SelectMany(_ => call.Items(list));
        return call[list] is ListValue ? call.Tuple(items) : call.List(items);
    }

    private static IEnumerable<Value> Delete(Call call)
    {
        var (position, count) = (call.Integer(1), call.Integer(2));
        var i = 0;
        foreach (var item in call.Items(0))
        {
            if (count.Sign >= 0 ? i < position || i >= position + count : i < position)
                yield return item;
            i++;
        }
    }

    private static IEnumerable<Value> Replace(Call call, Func<IEnumerable<Value>> values)
    {
        var (position, count) = (call.Integer(1), call.Integer(3));
        var (i, replaced) = (0, false);
        foreach (var item in call.Items(0))
        {
            if (i < position || (count.Sign >= 0 && i >= position + count))
            {
                yield return item;
            }
            else if (!replaced)
            {
                replaced = true;
                foreach (var value in values())
                    yield return value;
            }

            i++;
        }
    }

    private static IEnumerable<Value> Insert(Call call)
    {
        var position = call.Integer(1);
        var i = -1;
        foreach (var item in call.Items(0))
        {
            if (++i == position)
                yield return call[2];
            yield return item;
        }

        if (position > i)
            yield return call[2];
    }

    private static Value InsertIntoList(Call call)
    {
        var items = call.Items(0).ToImmutableArray();
        var index = call.Index(1);
        index = int.Clamp(index < 0 ? index + items.Length : index, 0, items.Length);
        return call.List(items.Insert(index, call[2]));
    }

    private static IEnumerable<Value> InsertMany(Call call)
    {
        var position = call.Integer(1);
        if (position.Sign < 0)
        {
            foreach (var value in call.Items(2))
                yield return value;
        }

        var i = -1;
        foreach (var item in call.Items(0))
        {
            if (++i == position)
            {
                foreach (var value in call.Items(2))
                    yield return value;
            }

            yield return item;
        }

        if (position <= i)
            yield break;
        foreach (var value in call.Items(2))
            yield return value;
    }
}
