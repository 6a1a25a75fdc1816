using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/branching.py.</summary>
internal static class Branching
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("FK switch(*args:lazyrule)", Switch),
        FunctionSpec.Of("F selectCase(*args:lambda)", SelectCase),
        FunctionSpec.Of("F selectAllCases(*args:lambda)", call => call.Iterator(SelectAllCases(call))),
        FunctionSpec.Of("F examine(*args:lambda)", call => call.Iterator(call.Rest.Select(one => (Value)Truth.IsTrue(Invoke(one))))),
        FunctionSpec.Of("M switchCase(case:int, *args:lambda)", SwitchCase),
        FunctionSpec.Of("F coalesce(*args:lambda)", call => call.Rest.Select(Invoke).FirstOrDefault(value => value is not NullValue) ?? Value.Null),
    ];

    private static Value Switch(Call call)
    {
        foreach (var rule in call.Rest.Cast<LazyRuleValue>())
        {
            if (Truth.IsTrue(rule.Source()))
                return rule.Destination();
        }

        return Value.Null;
    }

    private static Value SelectCase(Call call)
    {
        var index = 0;
        while (index < call.Rest.Length && !Truth.IsTrue(Invoke(call.Rest[index])))
            index++;
        return index;
    }

    private static IEnumerable<Value> SelectAllCases(Call call)
    {
        for (var i = 0; i < call.Rest.Length; i++)
        {
            if (Truth.IsTrue(Invoke(call.Rest[i])))
                yield return i;
        }
    }

    private static Value SwitchCase(Call call)
    {
        var index = call.Index(0);
        if (call.Rest.IsEmpty)
            return Value.Null;
        return Invoke(index >= 0 && index < call.Rest.Length ? call.Rest[index] : call.Rest[^1]);
    }

    private static Value Invoke(Value lambda) => lambda is Closure closure ? closure.Invoke() : throw YaqlException.Type("'NoneType' object is not callable");
}
