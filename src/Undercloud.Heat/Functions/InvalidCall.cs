using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>A call that is wrong as written. It fails where it is judged or evaluated, not where it is read: the arm of an <c>if</c> not taken is neither.</summary>
public sealed class InvalidCall(FunctionCall call, string code, string message, string? remedy) : Function(call)
{
    public override Value? Evaluate(IScope scope) => Fail(scope, message, remedy, code);

    public override bool Validate(IScope scope) => Evaluate(scope) is not null;
}
