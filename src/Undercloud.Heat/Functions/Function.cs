using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>An intrinsic function with its arguments.</summary>
public abstract class Function(FunctionCall call) : Expression(call.Span)
{
    /// <summary>The name by which it is called, e.g. get_param.</summary>
    public string Name => call.Name;

    /// <summary>Reports that the function has no value, and returns none.</summary>
    public Value? Fail(IScope scope, string message, string? remedy = null, string code = "HOT031")
    {
        scope.Report(new(Severity.Error, code, $"{Name}: {message}", Span, remedy));
        return null;
    }

    public override bool Validate(IScope scope)
    {
        var valid = true;
        foreach (var argument in call.Parsed)
            valid &= argument.Validate(scope);
        return valid && Check(scope);
    }

    /// <summary>Checks what the function rejects before anything is resolved, once its arguments are valid; false when it rejected, which is reported.</summary>
    protected virtual bool Check(IScope scope) => true;

    /// <summary>Reports what <see cref="Check"/> rejects.</summary>
    protected bool Refuse(IScope scope, string message, string? remedy = null)
    {
        Fail(scope, message, remedy, "HOT030");
        return false;
    }
}
