using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>filter: [values, list]</c>: the list without the values.</summary>
public sealed class Filter : Function
{
    private readonly Expression _values;
    private readonly Expression _list;

    private Filter(FunctionCall call, Expression values, Expression list)
        : base(call)
    {
        _values = values;
        _list = list;
    }

    public static FunctionDefinition Definition { get; } = new("filter", HotVersion.Ocata, Create);

    public override Value? Evaluate(IScope scope)
    {
        if (_list.Resolve(scope) is not { } list)
            return null;
        if (PythonTruth.IsFalse(list))
            return list;
        if (list is not ListValue { Items: var items })
            return Fail(scope, $"only a list can be filtered, not {list.TypeName}.");
        if (_values.Resolve(scope) is not { } values)
            return null;
        if (PythonTruth.IsFalse(values))
            return list;
        return values is ListValue { Items: var unwanted }
            ? Without(items, unwanted.ToHashSet(PythonEquality.Comparer))
            : Fail(scope, $"the values must be a list, not {values.TypeName}.");
    }

    private static ListValue Without(ImmutableArray<Value> items, HashSet<Value> unwanted) =>
        new([.. items.Where(item => !unwanted.Contains(item))]);

    private static Function Create(FunctionCall call) =>
        call.Items() is [var values, var list] ? new Filter(call, values, list) : call.Invalid("the arguments must be a list [values, list].");
}
