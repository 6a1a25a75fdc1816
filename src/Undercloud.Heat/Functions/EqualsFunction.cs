using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>equals: [left, right]</c>, in conditions only; Python's equality, so true equals 1.</summary>
public sealed class EqualsFunction : Function
{
    private readonly Expression _left;
    private readonly Expression _right;

    private EqualsFunction(FunctionCall call, Expression left, Expression right)
        : base(call)
    {
        _left = left;
        _right = right;
    }

    public static FunctionDefinition Definition { get; } = new("equals", null, Create) { SinceInConditions = HotVersion.Newton };

    public override Value? Evaluate(IScope scope)
    {
        var left = _left.Resolve(scope);
        var right = _right.Resolve(scope);
        return left is null || right is null ? null : PythonEquality.Comparer.Equals(left, right);
    }

    private static Function Create(FunctionCall call) =>
        call.Items() is [var left, var right] ? new EqualsFunction(call, left, right) : call.Invalid("the arguments must be a list of two values.");
}
