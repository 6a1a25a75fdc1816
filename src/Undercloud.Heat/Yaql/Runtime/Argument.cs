using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>An argument of a call: an unevaluated expression, or a value.</summary>
internal readonly record struct Argument(Node? Node, Value? Value)
{
    public static Argument Of(Value value) => value is ExpressionValue expression ? new(expression.Node, null) : new(null, value);

    /// <summary>The value when it is already known: that of a constant or of an evaluated argument.</summary>
    public Value? Known => Node is null ? Value : (Node as ConstantNode)?.Value;

    public bool IsGiven => Value is not NoValue;
}
