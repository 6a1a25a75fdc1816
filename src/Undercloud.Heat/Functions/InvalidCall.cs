using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>A malformed call. It fails where it is validated or evaluated, not where it is parsed: the unused branch of an <c>if</c> is neither validated nor evaluated.</summary>
public sealed class InvalidCall(FunctionCall call, string code, string message, string? remedy) : Function(call)
{
    public override Value? Evaluate(IScope scope) => Fail(scope, message, remedy, code);

    public override bool Validate(IScope scope) => Evaluate(scope) is not null;
}
