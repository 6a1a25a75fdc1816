using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Syntax;

/// <summary>A node of a parsed expression; counterpart of yaql/language/expressions.py.</summary>
internal abstract class Node
{
    /// <summary>Whether it is a plain call, which may be on the right of a dot.</summary>
    public virtual bool UsesReceiver => false;

    public abstract Value Evaluate(Evaluator evaluator, Value? receiver, Context context);
}

/// <summary>A literal.</summary>
internal class ConstantNode(Value value) : Node
{
    public Value Value { get; } = value;

    public override Value Evaluate(Evaluator evaluator, Value? receiver, Context context) => Value;
}

/// <summary>A bare word: a string as a value, a name where one is expected.</summary>
internal sealed class KeywordNode(string name) : ConstantNode(new StringValue(name))
{
    public string Name { get; } = name;
}

/// <summary>An expression in parentheses.</summary>
internal sealed class WrapNode(Node inner) : Node
{
    public override Value Evaluate(Evaluator evaluator, Value? receiver, Context context)
    {
        evaluator.Enter();
        return inner.Evaluate(evaluator, receiver, context);
    }
}

/// <summary><c>$</c>, <c>$1</c> or <c>$name</c>.</summary>
internal sealed class VariableNode(string name) : Node
{
    private readonly string _name = name;

    public override Value Evaluate(Evaluator evaluator, Value? receiver, Context context)
    {
        var value = context[_name];
        evaluator.Limit(value);
        return value;
    }
}

/// <summary><c>key => value</c>.</summary>
internal sealed class RuleNode(Node source, Node destination) : Node
{
    public Node Source { get; } = source;

    public Node Destination { get; } = destination;

    public override Value Evaluate(Evaluator evaluator, Value? receiver, Context context) =>
        new RuleValue(Source.Evaluate(evaluator, receiver, context), Destination.Evaluate(evaluator, receiver, context));
}

/// <summary>A call of a function or an operator. An omitted argument (<c>f(1,,2)</c>) is null.</summary>
internal sealed class CallNode(string name, ImmutableArray<Node?> arguments, bool usesReceiver) : Node
{
    private readonly ImmutableArray<Argument> _arguments = [.. arguments.Select(node => new Argument(node, node is null ? NoValue.Instance : null))];

    public string Name { get; } = name;

    public override bool UsesReceiver { get; } = usesReceiver;

    public override Value Evaluate(Evaluator evaluator, Value? receiver, Context context) =>
        evaluator.Call(Name, UsesReceiver ? receiver : null, _arguments.AsSpan(), context);
}

/// <summary><c>receiver.name</c>, the most common call, resolved without overload resolution.</summary>
internal sealed class AttributeNode(Node receiver, KeywordNode attribute) : Node
{
    private readonly ImmutableArray<Argument> _arguments = [new(receiver, null), new(attribute, null)];

    public override Value Evaluate(Evaluator evaluator, Value? receiverOfDot, Context context)
    {
        if (evaluator.DotIsRedefined)
            return evaluator.Call("#operator_.", null, _arguments.AsSpan(), context);
        evaluator.Enter();
        return evaluator.Attribute(receiver.Evaluate(evaluator, null, context), attribute, context);
    }
}

/// <summary><c>receiver.method(…)</c>.</summary>
internal sealed class MethodNode(Node receiver, CallNode method) : Node
{
    private readonly ImmutableArray<Argument> _arguments = [new(receiver, null), new(method, null)];

    public override Value Evaluate(Evaluator evaluator, Value? receiverOfDot, Context context)
    {
        if (evaluator.DotIsRedefined)
            return evaluator.Call("#operator_.", null, _arguments.AsSpan(), context);
        evaluator.Enter();
        var target = receiver.Evaluate(evaluator, null, context);
        evaluator.Limit(target);
        return method.Evaluate(evaluator, target, context);
    }
}
