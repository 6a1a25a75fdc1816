using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/system.py.</summary>
internal static class SystemFunctions
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F #operator_.(receiver:any?, expr:methodlambda)", call => call.Lambda(1).InvokeReceiver(call[0])),
        FunctionSpec.Of("F #operator_?.(receiver:any?, expr:expression)", call => call.IsNull(0) ? Value.Null : call.Delegate("#operator_.", call[0], call[1])),
        FunctionSpec.Of("F #operator_->(left:context, right:contextlambda)", call => call.Lambda(1).InvokeIn(((ContextValue)call[0]).Context)),
        FunctionSpec.Of("M unpack(sequence:iterable, *args:str)", Unpack),
        FunctionSpec.Of("F with(*args:any?)", call => Let(call, call.Rest)),
        FunctionSpec.Of("F let(*args:any?, **kwargs:any?)", call => Let(call, call.Rest)),
        FunctionSpec.Of("F def(name:str, func:lambda)", Define),
        FunctionSpec.Of("M assert(obj:any?, condition:lambda, message:str=Assertion failed)", Assert),
        FunctionSpec.Of("F call(name:str, args:sequence, kwargs:map, receiver:any?=none)", CallByName),
    ];

    public static FunctionSpec[] Fallbacks { get; } =
    [
        FunctionSpec.Of("F #operator_.(obj:any?, name:keyword)", call => call.Delegate("#property#" + Name(call, 1), call[0])),
    ];

    /// <summary>The word of a keyword parameter.</summary>
    public static string Name(Call call, int index) => ((Syntax.KeywordNode)((ExpressionValue)call[index]).Node).Name;

    private static ContextValue Let(Call call, IReadOnlyList<Value> values)
    {
        for (var i = 0; i < values.Count; i++)
            call.Context[$"${i + 1}"] = values[i];
        foreach (var (name, value) in call.Named)
            call.Context[name] = value;
        return new(call.Context);
    }

    private static ContextValue Unpack(Call call)
    {
        var names = call.Rest;
        var items = call[0] is IteratorValue iterator ? iterator.Rest().GetEnumerator() : call.Items(0).GetEnumerator();
        var taken = new List<Value>();
        while (taken.Count <= names.Length && items.MoveNext())
            taken.Add(items.Current);
        if (names.Length > 0 && names.Length != taken.Count)
            throw YaqlException.Value($"Cannot unpack {taken.Count} elements into {names.Length}");
        if (names.Length == 0)
        {
            // yaql has consumed the first item already; an iterator has lost it.
            var rest = call[0] is IteratorValue spent ? spent.Rest() : call.Items(0);
            return Let(call, [.. rest]);
        }

        for (var i = 0; i < taken.Count; i++)
            call.Context[((StringValue)names[i]).Text] = taken[i];
        return new(call.Context);
    }

    private static ContextValue Define(Call call)
    {
        var body = call[1] as Closure;
        var function = FunctionSpec.Of("F f(*args:any?, **kwargs:any?)", inner => body is null
            ? throw YaqlException.Type("'NoneType' object is not callable")
            : body.Invoke(new Context(body.Context), inner.Rest.AsSpan(), inner.Named));
        call.Evaluator.Define(call.Context, function.As(CamelCase(call.Text(0))));
        return new(call.Context);
    }

    private static Value Assert(Call call)
    {
        var target = call[0] is IteratorValue and not MemorizingIterator ? new MemorizingIterator(call.Evaluator, (IteratorValue)call[0]) : call[0];
        return Truth.IsTrue(call.Lambda(1).Invoke(target)) ? target : throw new YaqlException($"AssertionError: {call.Text(2)}");
    }

    private static Value CallByName(Call call)
    {
        var named = new List<KeyValuePair<string, Argument>>();
        foreach (var (key, value) in Collections.Entries(call[2]))
        {
            if (key is not StringValue { Text: var name })
                throw YaqlException.Type("keywords must be strings");
            if (!IsKeyword(name))
                throw new YaqlException("RuntimeError: dictionary changed size during iteration");
            named.Add(new(name, Argument.Of(value)));
        }

        return call.Evaluator.CallValues(call.Text(0), call.IsGiven(3) ? call[3] : null, [.. call.Items(1)], call.Context, named);
    }

    private static bool IsKeyword(string name) =>
        name.Length > 0 && !name.StartsWith("__", StringComparison.Ordinal) && (name[0] == '_' || char.IsLetter(name[0]));

    // yaql/language/conventions.py: my_function is called myFunction.
    private static string CamelCase(string name)
    {
        name = name.TrimEnd('_');
        var start = 0;
        if (name.Length > 0 && !char.IsLetter(name[0]))
        {
            start = name.IndexOf(name[0], 1) + 1;
            if (start <= 2)
                return name;
        }

        var builder = new StringBuilder(name[..start]);
        for (var i = start; i < name.Length; i++)
        {
            var joint = i > start && name[i] == '_' && i + 1 < name.Length && (name[i + 1] == '_' || char.IsLetterOrDigit(name[i + 1]));
            builder.Append(joint ? char.ToUpperInvariant(name[++i]) : name[i]);
        }

        return builder.ToString();
    }
}
