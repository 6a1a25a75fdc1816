using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>An intrinsic function with its arguments.</summary>
public abstract class Function(FunctionCall call) : Expression(call.Span)
{
    /// <summary>The name it is called by, e.g. get_param.</summary>
    public string Name { get; } = call.Name;

    /// <summary>Reports that the function cannot give a value, and gives none.</summary>
    public Value? Fail(IScope scope, string message, string? remedy = null, string code = "HOT031")
    {
        scope.Report(new(Severity.Error, code, $"{Name}: {message}", Span, remedy));
        return null;
    }
}

/// <summary>A call that is wrong as written. It fails where it is evaluated, not where it is read: the arm of an <c>if</c> not taken is never judged.</summary>
public sealed class InvalidCall(FunctionCall call, string code, string message, string? remedy) : Function(call)
{
    public override Value? Evaluate(IScope scope) => Fail(scope, message, remedy, code);
}
