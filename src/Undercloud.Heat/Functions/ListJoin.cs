using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>list_join: [delimiter, list, …]</c>: the items of all lists as one string; maps and lists among them as JSON.</summary>
public sealed class ListJoin : Function
{
    private readonly Expression _delimiter;
    private readonly ImmutableArray<Expression> _lists;
    private readonly bool _json;

    private ListJoin(FunctionCall call, ImmutableArray<Expression> arguments)
        : base(call)
    {
        _delimiter = arguments[0];
        _lists = arguments[1..];
        _json = call.Version >= HotVersion.V20151015;
    }

    public static FunctionDefinition Definition { get; } = new("list_join", HotVersion.V20130523, Create);

    public static FunctionDefinition CloudFormationDefinition { get; } =
        new("Fn::Join", HotVersion.V20130523, Create) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope)
    {
        var delimiter = _delimiter.Resolve(scope);
        var texts = new List<string>();
        var failed = delimiter is null;
        foreach (var list in _lists)
            failed |= !Collect(scope, list, texts);
        if (failed)
            return null;
        if (delimiter is not StringValue { Text: var separator })
            return Fail(scope, $"the delimiter must be a string, not {delimiter!.TypeName}.");
        var length = texts.Sum(text => (long)text.Length + separator.Length);
        return scope.Spend(length / 8, this) ? new StringValue(string.Join(separator, texts)) : null;
    }

    private static Function Create(FunctionCall call)
    {
        var most = call.Version >= HotVersion.V20151015 ? int.MaxValue : 2;
        return call.Items() is { Length: >= 2 } items && items.Length <= most
            ? new ListJoin(call, items)
            : call.Invalid(most == 2 ? "the arguments must be a list [delimiter, list]." : "the arguments must be a list [delimiter, list, …].");
    }

    private bool Collect(IScope scope, Expression expression, List<string> texts)
    {
        switch (expression.Resolve(scope))
        {
            case null:
                return false;
            // Heat: a value that is false in Python counts as no list where several lists are allowed.
            case NullValue:
                return true;
            case var value when _json && value is StringValue { Text: "" } or BooleanValue { Flag: false } or MapValue { Count: 0 }
                or IntegerValue { Number.IsZero: true } or FloatValue { Number: 0 }:
                return true;
            case ListValue list:
                return list.Items.All(item => Add(scope, item, texts));
            case var value:
                Fail(scope, $"only lists can be joined, not {value.TypeName}.");
                return false;
        }
    }

    private bool Add(IScope scope, Value item, List<string> texts)
    {
        var text = item switch
        {
            NullValue => "",
            StringValue { Text: var plain } => plain,
            ListValue or MapValue when _json => PythonText.Json(item),
            _ => null,
        };
        if (text is null)
        {
            Fail(scope, $"the items must be strings{(_json ? ", maps or lists" : "")}, not {item.TypeName} {item}.", "Use str_replace to make a string of it.");
            return false;
        }

        texts.Add(text);
        return scope.Spend(text.Length / 8, this);
    }
}
