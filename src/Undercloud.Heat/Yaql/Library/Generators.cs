using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/queries.py: functions that generate sequences, some of them endless.</summary>
internal static class Generators
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F range(stop:int)", call => call.Iterator(Range(0, call.Integer(0), 1))),
        FunctionSpec.Of("F range(start:int, stop:int, step:int=1)", RangeWithStep),
        FunctionSpec.Of("F sequence(start:int=0, step:int=1)", call => call.Iterator(Range(call.Integer(0), null, call.Integer(1)))),
        FunctionSpec.Of("M repeat(value:any?, times:int=-1)", call => call.Iterator(Repeat(call[0], call.Integer(1)))),
        FunctionSpec.Of("F generate(initial:any?, predicate:lambda, producer:lambda, selector:lambda=null, decycle:bool=false)", call => call.Iterator(Generate(call))),
        FunctionSpec.Of("F generateMany(initial:any?, producer:lambda, selector:lambda=null, decycle:bool=false, depthFirst:bool=false)", call => call.Iterator(GenerateMany(call))),
    ];

    private static IEnumerable<Value> Range(BigInteger start, BigInteger? stop, BigInteger step)
    {
        for (var at = start; stop is null || (step.Sign > 0 ? at < stop : at > stop); at += step)
            yield return Numbers.Of(at);
    }

    private static Value RangeWithStep(Call call) =>
        call.Integer(2).IsZero ? throw YaqlException.Value("range() arg 3 must not be zero") : call.Iterator(Range(call.Integer(0), call.Integer(1), call.Integer(2)));

    private static IEnumerable<Value> Repeat(Value value, BigInteger times)
    {
        for (BigInteger i = 0; times.Sign < 0 || i < times; i++)
            yield return value;
    }

    private static IEnumerable<Value> Generate(Call call)
    {
        var past = call.Flag(4) ? new HashTable(call.Evaluator) : null;
        var item = call[0];
        while (Truth.IsTrue(call.Lambda(1).Invoke(item)))
        {
            if (past is not null && !past.Add(item))
                yield break;
            call.Evaluator.LimitBytes(SizeOf.Set(past?.Count ?? 0));
            yield return call.LambdaOrNull(3)?.Invoke(item) ?? item;
            item = call.Lambda(2).Invoke(item);
        }
    }

    private static IEnumerable<Value> GenerateMany(Call call)
    {
        var past = call.Flag(3) ? new HashTable(call.Evaluator) : null;
        var queue = new LinkedList<Value>([call[0]]);
        while (queue.First is { } first)
        {
            var item = first.Value;
            queue.RemoveFirst();
            if (past is not null && !past.Add(item))
                continue;
            yield return call.LambdaOrNull(2)?.Invoke(item) ?? item;
            var at = queue.First;
            foreach (var produced in Collections.Items(call.Lambda(1).Invoke(item)))
            {
                call.Evaluator.Enter();
                if (call.Flag(4) && at is not null)
                    queue.AddBefore(at, produced);
                else
                    queue.AddLast(produced);
            }

            call.Evaluator.LimitBytes(624 + (8L * queue.Count));
        }
    }
}
