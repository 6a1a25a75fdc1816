using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>list_concat: [list, …]</c>: one list of all lists; <c>list_concat_unique</c> keeps only each item's first occurrence.</summary>
public sealed class ListConcat(FunctionCall call) : Function(call)
{
    private readonly Expression _lists = call.Argument;

    public static FunctionDefinition Definition { get; } = new("list_concat", HotVersion.Pike, call => new ListConcat(call));

    public static FunctionDefinition UniqueDefinition { get; } = new("list_concat_unique", HotVersion.Pike, call => new ListConcat(call));

    public override Value? Evaluate(IScope scope)
    {
        if (_lists.Resolve(scope) is not { } argument)
            return null;
        if (argument is not ListValue lists)
            return Fail(scope, $"the argument must be a list of lists, not {argument.TypeName}.");
        if (lists.Items.FirstOrDefault(item => item is not (ListValue or NullValue)) is { } wrong)
            return Fail(scope, $"only lists can be concatenated, not {wrong.TypeName} {wrong}.");
        var items = lists.Items.OfType<ListValue>();
        if (!scope.Spend(items.Sum(list => (long)list.Items.Length), this))
            return null;
        var all = items.SelectMany(list => list.Items);
        return new ListValue([.. Name == "list_concat_unique" ? all.Distinct(PythonEquality.Comparer) : all]);
    }
}
