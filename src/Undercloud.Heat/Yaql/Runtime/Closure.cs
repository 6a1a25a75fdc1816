using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>A lambda: an expression with the context in which it was written, or a plain value where a function was called with one.</summary>
internal sealed record Closure(Argument Body, Context Context, Evaluator Evaluator) : RuntimeValue
{
    public override string TypeName => "lambda";

    /// <summary>Evaluates the body with <c>$1</c>, <c>$2</c>… set to the arguments.</summary>
    public Value Invoke(params ReadOnlySpan<Value> arguments) => Invoke(new Context(Context), arguments);

    /// <summary>Evaluates the body in another context.</summary>
    public Value InvokeIn(Context context) => Invoke(context, []);

    /// <summary>Evaluates the body as a call on a receiver; a plain value evaluates to itself.</summary>
    public Value InvokeReceiver(Value receiver) => Body.Node?.Evaluate(Evaluator, receiver, new Context(Context)) ?? Body.Value!;

    /// <summary>Evaluates the body with named variables as well.</summary>
    public Value Invoke(Context context, ReadOnlySpan<Value> arguments, IEnumerable<KeyValuePair<string, Value>>? named = null)
    {
        Evaluator.Enter();
        for (var i = 0; i < arguments.Length; i++)
            context[Variable(i)] = arguments[i];
        foreach (var (name, value) in named ?? [])
            context[name] = value;
        return Body.Node is { } node ? node.Evaluate(Evaluator, null, context)
            : Body.Value is Closure closure ? closure.Invoke(arguments)
            : Body.Value!;
    }

    private static string Variable(int index) => index switch { 0 => "$1", 1 => "$2", _ => "$" + (index + 1) };
}
